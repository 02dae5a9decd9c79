using Glancy.Sandbox.Alertmanager;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Control;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Prometheus;
using Glancy.Sandbox.Redis;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Worlds;

/// <summary>
/// Glancy's production in a folder: real PostgreSQL, Prometheus, Redis and sshd, a model that acts as everything behind
/// them, and replicas of the bot. Disposing it stops all that it started and removes the folder.
/// </summary>
public sealed class World : IAsyncDisposable
{
    private readonly WorldOptions options;
    private readonly string root;
    private readonly ProcessIdentity ourselves;
    private readonly Lock fileGate = new();
    private readonly Services services = new();
    private readonly Fleet fleet;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorldDatabases? databases;

    private World(WorldOptions options)
    {
        this.options = options;
        root = options.Root ?? RepositoryRoot.Find();
        ourselves =
            ProcessIdentity.Of("sandbox", Environment.ProcessId)
            ?? throw new InvalidOperationException("/proc is not there; the sandbox needs Linux.");
        Folder = new WorldFolder(Path.GetFullPath(options.Folder));
        Clock = new WorldClock(options.Start, TimeProvider.System);
        Effects = new EffectJournal(TimeProvider.System);
        fleet = new Fleet(options, Folder, root, Clock, SettingsOf);
    }

    public WorldFolder Folder { get; }

    public WorldClock Clock { get; }

    /// <summary>Every call of a command that changes production since the start or the last reset.</summary>
    public EffectJournal Effects { get; }

    public PostgresServer Postgres => Part(services.Postgres);

    public PrometheusServer Prometheus => Part(services.Prometheus);

    public RedisServer Redis => Part(services.Redis);

    public BastionServer Bastion => Part(services.Bastion);

    /// <exception cref="InvalidOperationException">The world is not up yet, or has none.</exception>
    public AlertmanagerServer Alertmanager => Part(services.Alertmanager);

    /// <exception cref="InvalidOperationException">The world is not up yet, or has none.</exception>
    public SandboxSlack Slack => Part(services.Slack);

    /// <summary>Address of the product's API and of the world's own endpoints.</summary>
    public Uri Control => Part(services.Control).Url;

    /// <summary>The pair of databases that replicas are started on.</summary>
    public WorldDatabases Databases => databases ?? Postgres.Databases;

    public IReadOnlyList<BotReplica> Replicas => fleet.All;

    /// <summary>The value for <c>GLANCY_SOCKETS</c>.</summary>
    public string Sockets => Folder.Sockets;

    /// <summary>Whether the folder remains when the world ends, with its logs.</summary>
    public bool Keep { get; set; }

    /// <summary>Completes when somebody asked the world to end (<c>down</c>).</summary>
    public Task Ended => ended.Task;

    /// <summary>What is on, with its intensity.</summary>
    public IReadOnlyDictionary<string, double> FaultsOn => Look(m => new Dictionary<string, double>(m.Faults.On));

    private Pacemaker Pacemaker => Part(services.Pacemaker);

    private ToolDesk Desk => Part(services.Desk);

    /// <param name="report">Told of each part as it is up, from any thread.</param>
    /// <exception cref="InvalidOperationException">The folder is taken, or a part did not come up.</exception>
    /// <exception cref="FileNotFoundException">A program is not installed, or the bot not built.</exception>
    public static async Task<World> StartAsync(
        WorldOptions options,
        Action<StartedPart>? report,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var world = new World(options);
        if (options.Replicas > 0)
        {
            _ = world.fleet.Command; // fails now rather than after everything else is up
        }

        await world.Folder.PrepareAsync(cancellationToken);
        try
        {
            world.Save();
            await world.StartPartsAsync(report ?? (_ => { }), cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads (or, in a test, changes) production's state between two steps of the model.</summary>
    public T Look<T>(Func<ProductionModel, T> read) => Desk.Look(read);

    /// <inheritdoc cref="Faults.Set"/>
    public bool FaultOn(string name, double intensity = 1) => Look(m => m.Faults.Set(name, intensity));

    /// <inheritdoc cref="Faults.Set"/>
    public bool FaultOff(string name) => Look(m => m.Faults.Set(name, 0));

    /// <inheritdoc cref="ToolDesk.TypeAsync"/>
    public Task<ToolReply> TypeAsync(string actor, IReadOnlyList<string> argv, CancellationToken cancellationToken) =>
        Desk.TypeAsync(actor, argv, cancellationToken);

    /// <inheritdoc cref="Worlds.Pacemaker.AdvanceAsync"/>
    public Task<bool> AdvanceAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Pacemaker.AdvanceAsync(duration, cancellationToken);

    /// <inheritdoc cref="Worlds.Pacemaker.JumpAsync"/>
    public Task JumpAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Pacemaker.JumpAsync(duration, cancellationToken);

    /// <inheritdoc cref="Worlds.Pacemaker.SettleAsync"/>
    public Task<bool> SettleAsync(CancellationToken cancellationToken) => Pacemaker.SettleAsync(cancellationToken);

    /// <inheritdoc cref="Worlds.Pacemaker.SetRateAsync"/>
    public Task SetRateAsync(double rate, CancellationToken cancellationToken) =>
        Pacemaker.SetRateAsync(rate, cancellationToken);

    /// <summary>A new pair of databases for the replicas started from now on; those that run keep theirs.</summary>
    /// <param name="copyOf">A pair nobody is connected to; null for empty ones with the past's records.</param>
    public async Task<WorldDatabases> UseFreshDatabasesAsync(
        string name,
        WorldDatabases? copyOf,
        CancellationToken cancellationToken
    )
    {
        // A database that somebody is connected to cannot be copied.
        await Part(services.Product).FollowAsync(null);
        var pair = await Postgres.CreateWorldDatabasesAsync(name, copyOf, cancellationToken);
        if (copyOf is null)
        {
            await Past.RecordAsync(pair.ProductOwner, options, cancellationToken);
        }

        await Part(services.Audit).FollowAsync(pair.ProductOwner);
        await Part(services.Product).FollowAsync(pair.ProductOwner);
        databases = pair;
        Save();
        return pair;
    }

    /// <summary>Starts a replica, tells it the time and waits until it is ready; one that died is replaced.</summary>
    /// <param name="environment">Stronger than the world's and the options' settings.</param>
    /// <exception cref="InvalidOperationException">It is alive already, or did not come up; the message carries its
    /// log's tail.</exception>
    public async Task<BotReplica> StartReplicaAsync(
        string id,
        IReadOnlyDictionary<string, string>? environment,
        CancellationToken cancellationToken
    )
    {
        var replica = await fleet.StartAsync(id, environment, cancellationToken);
        Save();
        return replica;
    }

    /// <inheritdoc cref="StartReplicaAsync(string, IReadOnlyDictionary{string, string}?, CancellationToken)"/>
    public Task<BotReplica> StartReplicaAsync(string id, CancellationToken cancellationToken) =>
        StartReplicaAsync(id, null, cancellationToken);

    /// <summary><c>kill -9</c>.</summary>
    public Task KillReplicaAsync(string id) => fleet[id].KillAsync();

    /// <summary>Ends a replica in order.</summary>
    public Task StopReplicaAsync(string id) => fleet[id].StopAsync();

    /// <summary>Ends every replica in order, and forgets them.</summary>
    public async Task StopReplicasAsync()
    {
        await fleet.StopAllAsync();
        Save();
    }

    /// <summary>
    /// Writes the file that makes a replica kill itself at a transition, for example <c>after-effect:execute</c>.
    /// </summary>
    public void KillAt(string id, string transition) => File.WriteAllText(Folder.Replica(id).KillFile, transition);

    /// <summary>Completes <see cref="Ended"/>; whoever started the world disposes it then.</summary>
    public void Leave() => ended.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await fleet.DisposeAsync();
        await services.DisposeAsync();
        if (!Keep)
        {
            Folder.Delete();
        }
    }

    private async Task StartPartsAsync(Action<StartedPart> report, CancellationToken cancellationToken)
    {
        await services.StartAsync(
            options,
            Folder,
            root,
            Clock,
            Effects,
            () => Replicas,
            Map,
            report,
            cancellationToken
        );
        Save();
        await Task.WhenAll([
            services.FillAsync(options.Start, report, cancellationToken),
            .. Enumerable
                .Range(0, options.Replicas)
                .Select(i => ((char)('a' + i)).ToString())
                .Select(id => Services.TimedAsync($"bot {id}", report, () => StartReplicaAsync(id, cancellationToken))),
        ]);
        Pacemaker.Start();
        await Pacemaker.SetRateAsync(options.Rate, cancellationToken);
    }

    private Dictionary<string, string> SettingsOf(ReplicaPlace place)
    {
        var all = BotCommand.Settings(
            place,
            Databases,
            Prometheus.Url,
            Control,
            Bastion,
            Path.Combine(root, "runbook")
        );
        var none = new Dictionary<string, string>();
        foreach (
            var (name, value) in (services.Slack?.Settings(place.Id) ?? none).Concat(
                services.Alertmanager?.Settings(place.Id) ?? none
            )
        )
        {
            all[name] = value;
        }

        return all;
    }

    private void Map(WebApplication app)
    {
        SlackEndpoints.Map(app, () => services.Slack);
        ToolEndpoints.Map(app, () => Desk);
        new ProductApi(() => Desk, options.Seed).Map(app);
        WorldEndpoints.Map(app, this);
    }

    private void Save()
    {
        lock (fileGate)
        {
            Folder.Write(
                services.Described(ourselves, Replicas) with
                {
                    Databases = services.Postgres is null ? null : Databases,
                    Sockets = Sockets,
                }
            );
        }
    }

    private static T Part<T>(T? part)
        where T : class => part ?? throw new InvalidOperationException("The world is not up yet.");
}
