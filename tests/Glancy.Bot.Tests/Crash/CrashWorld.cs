using System.Runtime.CompilerServices;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bot.Tests.Crash;

/// <summary>A run that nothing happened to.</summary>
/// <param name="Transitions">Where it came by, each once, in order.</param>
public sealed record Undisturbed(RunFacts Facts, IReadOnlyList<string> Transitions, TimeSpan Took);

/// <summary>
/// One world for all runs of the harness: real PostgreSQL, Prometheus and sshd, and replicas that are real processes
/// with leases of one second. Between runs what outlives them is cleared by the owner's hand.
/// </summary>
public sealed class CrashWorld : IAsyncLifetime
{
    private const string First = "a";
    private const string Second = "b";

    private readonly string folder = PrivateFolder.CreateTemporary("glancy-crash");
    private World? world;
    private NpgsqlDataSource? bot;
    private NpgsqlDataSource? product;
    private readonly Dictionary<string, Undisturbed> undisturbed = [];
    private IReadOnlyList<string> wanted = [];
    private IReadOnlyDictionary<string, string>? migrated;

    public CrashWorld() => Orders = new KillOrders(Path.Combine(folder, "kill"));

    public World World => world ?? throw new InvalidOperationException("The world is not up yet.");

    /// <summary>The bot's database by its owner.</summary>
    public NpgsqlDataSource Bot => bot ?? throw new InvalidOperationException("The world is not up yet.");

    /// <summary>The product's database by its owner.</summary>
    public NpgsqlDataSource Product => product ?? throw new InvalidOperationException("The world is not up yet.");

    public KillOrders Orders { get; }

    /// <summary>The replicas of the present topology, dead ones included.</summary>
    public IReadOnlyList<BotReplica> Replicas => [.. World.Replicas.Where(r => wanted.Contains(r.Place.Id))];

    public IReadOnlyList<BotReplica> Living => [.. Replicas.Where(r => r.IsAlive)];

    public async ValueTask InitializeAsync()
    {
        var token = CancellationToken.None;
        var options = new WorldOptions(Path.Combine(folder, "world"))
        {
            Root = Root(),
            Beginning = Beginning.GoodRelease,
            Past = TimeSpan.FromMinutes(30),
            RollbackTakes = TimeSpan.FromSeconds(0.2),
            Brief = true,
            BotEnvironment = new Dictionary<string, string>
            {
                ["Glancy__KillFile"] = Orders.File,
                ["Glancy__RowLease"] = "00:00:01",
                ["Glancy__WakeInterval"] = "00:00:00.500",
            },
        };
        world = await World.StartAsync(options, null, token);
        bot = NpgsqlDataSource.Create(world.Databases.BotMigrator);
        product = NpgsqlDataSource.Create(world.Databases.ProductOwner);
        await TopologyAsync(1, token);
        // The schema stands from now on; starting is quicker for those who need not look.
        migrated = new Dictionary<string, string> { ["Glancy__MigratorDatabase"] = "" };

        // The one that made the schema may be at a look of the watcher's, and would freeze the train for it after it
        // was thawed; those that start from now on find that duty taken.
        await TidyAsync(token);
        await Living[0].KillAsync();
        await ReviveAsync(token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in new[] { bot, product })
        {
            await (source?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        await (world?.DisposeAsync() ?? ValueTask.CompletedTask);
        PrivateFolder.Delete(folder);
    }

    /// <summary>From now on this many replicas; all of them live afterwards.</summary>
    public async Task TopologyAsync(int replicas, CancellationToken cancellationToken)
    {
        wanted = replicas == 1 ? [First] : [First, Second];
        if (replicas == 1 && World.Replicas.Any(r => r.Place.Id == Second && r.IsAlive))
        {
            await World.StopReplicaAsync(Second);
        }

        await ReviveAsync(cancellationToken);
    }

    /// <summary>How the procedure goes in this world when nothing goes wrong; played once.</summary>
    public async Task<Undisturbed> UndisturbedAsync(ProcedureCase procedure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        if (!undisturbed.TryGetValue(procedure.Id, out var known))
        {
            var played = await new CrashRun(this, procedure).PlayAsync(
                null,
                (_, _) =>
                {
                    Orders.Record();
                    return Task.CompletedTask;
                },
                cancellationToken
            );
            undisturbed[procedure.Id] = known = new Undisturbed(played.Facts, Orders.Recorded(), played.Took);
        }

        return known;
    }

    /// <summary>Whether it is known how the procedure goes here when nothing goes wrong.</summary>
    public bool Knows(ProcedureCase procedure)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        return undisturbed.ContainsKey(procedure.Id);
    }

    /// <summary>Starts whoever is dead.</summary>
    public Task ReviveAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            wanted
                .Except(Living.Select(r => r.Place.Id))
                .Select(id => World.StartReplicaAsync(id, migrated, cancellationToken))
        );

    /// <summary>The same while orders may be out: gives the replicas that were killed before they were ready.</summary>
    public async Task<IReadOnlyList<string>> ReviveUnderOrdersAsync(CancellationToken cancellationToken)
    {
        var died = await Task.WhenAll(wanted.Except(Living.Select(r => r.Place.Id)).Select(DiedAsync));
        return [.. died.OfType<string>()];

        async Task<string?> DiedAsync(string id)
        {
            try
            {
                await World.StartReplicaAsync(id, migrated, cancellationToken);
                return null;
            }
            catch (InvalidOperationException ended)
                when (ended.Message.Contains("ended with 137", StringComparison.Ordinal))
            {
                return id;
            }
        }
    }

    /// <summary>
    /// Walks the audit chain with its anchors; what a run breaks in it stays broken, so once for many runs will do.
    /// </summary>
    public async Task AssertAuditIntactAsync(CancellationToken cancellationToken)
    {
        await ReviveAsync(cancellationToken);
        var verdict = await Terminal.SayAsync(Living[0], "mei", ["audit", "verify", "--json"], cancellationToken);
        Assert.True(verdict.Exit == 0, verdict.ToString());
    }

    /// <summary>
    /// Clears what outlives a run: freeze, leases, episodes. The watcher has a turn of its own elsewhere; here its duty
    /// is held, so that the runs are ours alone.
    /// </summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        Orders.Clear();
        await using var batch = Bot.CreateCommand(
            """
            delete from glancy.lock_key;
            delete from glancy.freeze;
            update glancy.lease set released_at = since, ended_how = 'Kept' where released_at is null;
            update glancy.episode set ended_at = last_seen_at where ended_at is null;
            update glancy.run set state = 'Failed', pause = null, finished_at = created_at, due_at = null
                where finished_at is null;
            insert into glancy.duty (name, owner, lease_until, looked_at)
                values ('watch', 'harness', 'infinity', '9999-12-31Z')
                on conflict (name) do update set owner = excluded.owner, lease_until = excluded.lease_until,
                  looked_at = excluded.looked_at;
            """
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Lifts the freeze as no person could: by hand, in the bot's own rows.</summary>
    public async Task LiftFreezeAsync(CancellationToken cancellationToken)
    {
        await using var command = Bot.CreateCommand("delete from glancy.freeze");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Puts another text into the place of a file of the bastion at once; what runs keeps the old one.
    /// </summary>
    public void ReplaceOnBastion(string name, Func<string, string> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var file = Path.Combine(World.Bastion.Folder, name);
        var next = file + ".next";
        File.WriteAllText(next, change(File.ReadAllText(file)));
        File.SetUnixFileMode(next, File.GetUnixFileMode(file));
        File.Move(next, file, overwrite: true);
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "/", "..", "..", ".."));
}
