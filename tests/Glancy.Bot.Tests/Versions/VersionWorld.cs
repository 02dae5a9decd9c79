using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Glancy.Bot.Tests.Crash;
using Glancy.Ops;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Worlds;
using Npgsql;
using Person = Glancy.Bot.Tests.Crash.Terminal;

namespace Glancy.Bot.Tests.Versions;

/// <summary>
/// A sandbox world with two replicas as real processes, each with a runbook folder of its own, and row leases of one
/// second.
/// </summary>
public sealed class VersionWorld : IAsyncLifetime
{
    private readonly string folder = PrivateFolder.CreateTemporary("glancy-versions");
    private World? world;
    private NpgsqlDataSource? bot;
    private NpgsqlDataSource? product;

    public World World => world ?? throw new InvalidOperationException("The world is not up yet.");

    public BotReplica A => World.Replicas.Single(r => r.Place.Id == "a");

    public BotReplica B => World.Replicas.Single(r => r.Place.Id == "b");

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
                ["Glancy__RowLease"] = "00:00:01",
                ["Glancy__WakeInterval"] = "00:00:00.500",
            },
        };
        world = await World.StartAsync(options, null, token);
        bot = NpgsqlDataSource.Create(world.Databases.BotMigrator);
        product = NpgsqlDataSource.Create(world.Databases.ProductOwner);
        Put("a");
        Put("b");
        await StartAsync("a", token);
        await StartAsync("b", token);

        // The watcher looks elsewhere; runs here are ours alone.
        await ExecuteAsync(
            "insert into glancy.duty (name, owner, lease_until, looked_at) values ('watch', 'harness', 'infinity', "
                + "'9999-12-31Z') on conflict (name) do update set owner = excluded.owner, lease_until = "
                + "excluded.lease_until, looked_at = excluded.looked_at"
        );
    }

    public Task StartAsync(string id, CancellationToken cancellationToken) =>
        World.StartReplicaAsync(
            id,
            new Dictionary<string, string> { ["Glancy__Runbook"] = Folder(id) },
            cancellationToken
        );

    /// <summary>Gives a replica the shipped files with these edits.</summary>
    public void Put(string id, params (string File, string Old, string New)[] edits)
    {
        var shipped = Path.Combine(Root(), "runbook");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(shipped, file);
            var text = edits.Where(e => e.File == name).Aggregate(File.ReadAllText(file), Replaced);
            var target = Path.Combine(Folder(id), name);
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? folder);
            File.WriteAllText(target + "~", text);
            File.Move(target + "~", target, overwrite: true);
        }
    }

    /// <summary>Both replicas get the same files; answers the version once both work by it.</summary>
    public async Task<string> AgreeAsync(
        CancellationToken cancellationToken,
        params (string File, string Old, string New)[] edits
    )
    {
        Put("a", edits);
        Put("b", edits);
        var wanted =
            OpsServices.FilesAlone().Load(Folder("a")).Content?.Version
            ?? throw new InvalidOperationException("The edits make a wrong runbook.");
        foreach (var replica in new[] { A, B })
        {
            await Wait.UntilAsync(
                async () => await InForceAsync(replica, cancellationToken) == wanted,
                $"{replica.Place.Id} works by {wanted}",
                cancellationToken
            );
        }

        return wanted;
    }

    /// <summary>What a replica works by, as it says itself.</summary>
    public static async Task<string> InForceAsync(BotReplica replica, CancellationToken cancellationToken) =>
        (await DataAsync(replica, cancellationToken, "runbook", "lint")).GetProperty("inForce").GetString() ?? "";

    public static Task<JsonElement> StatusAsync(BotReplica replica, CancellationToken cancellationToken) =>
        DataAsync(replica, cancellationToken, "runbook", "status");

    public static async Task<JsonElement> DataAsync(
        BotReplica replica,
        CancellationToken cancellationToken,
        params string[] words
    )
    {
        var spoken = await Person.SayAsync(replica, "mei", [.. words, "--json"], cancellationToken);
        Assert.True(spoken.Exit is not null, spoken.ToString());
        using var document = JsonDocument.Parse(spoken.Out);
        return document.RootElement.Clone();
    }

    public static async Task<IReadOnlyList<JsonElement>> AuditAsync(
        BotReplica replica,
        string action,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await DataAsync(replica, cancellationToken, "audit", "search", "--action", action, "--limit", "200"))
                .GetProperty("events")
                .EnumerateArray(),
        ];

    public async Task<string> BotAsync(string sql, CancellationToken cancellationToken) =>
        await ScalarAsync(bot, sql, cancellationToken);

    public async Task<string> ProductAsync(string sql, CancellationToken cancellationToken) =>
        await ScalarAsync(product, sql, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var source in new[] { bot, product })
        {
            await (source?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        await (world?.DisposeAsync() ?? ValueTask.CompletedTask);
        PrivateFolder.Delete(folder);
    }

    private string Folder(string id) => Path.Combine(folder, "runbook-" + id, "runbook");

    private static string Replaced(string text, (string File, string Old, string New) edit)
    {
        Assert.Contains(edit.Old, text, StringComparison.Ordinal);
        return text.Replace(edit.Old, edit.New, StringComparison.Ordinal);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = (
            bot ?? throw new InvalidOperationException("The world is not up yet.")
        ).CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ScalarAsync(
        NpgsqlDataSource? source,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = (
            source ?? throw new InvalidOperationException("The world is not up yet.")
        ).CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)
            ?? "";
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "/", "..", "..", ".."));
}
