using System.Collections.Concurrent;
using System.Diagnostics;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Control;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Prometheus;

namespace Glancy.Sandbox.Worlds;

/// <summary>A part of the world that is up, and how long that took.</summary>
public sealed record StartedPart(string Name, TimeSpan Took);

/// <summary>
/// Glancy's production in a folder: real PostgreSQL, Prometheus and sshd, a model that acts as everything behind them, and
/// replicas of the bot. Disposing it stops all that it started and removes the folder.
/// </summary>
public sealed class World : IAsyncDisposable
{
    private readonly WorldOptions options;
    private readonly WorldFolder folder;
    private readonly string root;
    private readonly ProcessIdentity ourselves;
    private readonly Lock tools = new();
    private readonly Lock fileGate = new();
    private readonly ConcurrentDictionary<string, BotReplica> replicas = new();
    private readonly Started started = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorldDatabases databases;

    private World(WorldOptions options)
    {
        this.options = options;
        folder = new WorldFolder(Path.GetFullPath(options.Folder));
        root = options.Root ?? RepositoryRoot.Find();
        ourselves = ProcessIdentity.Of("sandbox", Environment.ProcessId) ?? throw new InvalidOperationException("/proc is not there; the sandbox needs Linux.");
        Clock = new WorldClock(options.Start, TimeProvider.System);
        Effects = new EffectJournal(TimeProvider.System);
        databases = new WorldDatabases("", "", "", "", "", "");
    }

    public WorldFolder Folder => folder;

    public WorldClock Clock { get; }

    /// <summary>Every call of a command that changes production since the start or the last reset.</summary>
    public EffectJournal Effects { get; }

    public PostgresServer Postgres => Part(started.Postgres);

    public PrometheusServer Prometheus => Part(started.Prometheus);

    public BastionServer Bastion => Part(started.Bastion);

    /// <summary>Address of the product's API and of the world's own endpoints.</summary>
    public Uri Control => Part(started.Control).Url;

    /// <summary>The pair of databases that replicas are started on.</summary>
    public WorldDatabases Databases => databases;

    public IReadOnlyList<BotReplica> Replicas => [.. replicas.Values.OrderBy(r => r.Place.Id, StringComparer.Ordinal)];

    /// <summary>The value for <c>GLANCY_SOCKETS</c>.</summary>
    public string Sockets => folder.Sockets;

    /// <summary>Completes when somebody asked the world to end (<c>down</c>).</summary>
    public Task Ended => ended.Task;

    private Pacemaker Pacemaker => Part(started.Pacemaker);

    private ToolDesk Desk => Part(started.Desk);

    /// <exception cref="InvalidOperationException">The folder is taken, or a part did not come up.</exception>
    /// <exception cref="FileNotFoundException">A program is not installed.</exception>
    public static async Task<World> StartAsync(WorldOptions options, Action<StartedPart>? report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var world = new World(options);
        await world.folder.PrepareAsync(cancellationToken);
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

    /// <summary>Reads production's state between two steps of the model.</summary>
    public T Look<T>(Func<ProductionModel, T> read) => Desk.Look(read);

    /// <exception cref="ArgumentException">No such fault.</exception>
    public bool FaultOn(string name, double intensity = 1) => Look(m => m.Faults.Set(name, intensity));

    public bool FaultOff(string name) => Look(m => m.Faults.Set(name, 0));

    public IReadOnlyDictionary<string, double> FaultsOn => Look(m => new Dictionary<string, double>(m.Faults.On));

    /// <summary>Does what a person at the bastion would, without the journal: <c>releasectl</c> and <c>configctl</c> by hand.</summary>
    /// <param name="argv">The tool's name and its arguments.</param>
    public async Task<ToolReply> TypeAsync(string actor, IReadOnlyList<string> argv, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(argv);
        var call = new ToolCall([.. argv.Skip(1)], null, actor);
        return argv[0] switch
        {
            "releasectl" => await new ReleaseTool(Desk).RunAsync(call, cancellationToken),
            "configctl" => await new ConfigTool(Desk).RunAsync(call, cancellationToken),
            _ => throw new ArgumentException($"'{argv[0]}' is not a tool that can be typed here.", nameof(argv)),
        };
    }

    /// <inheritdoc cref="Worlds.Pacemaker.AdvanceAsync"/>
    public Task<bool> AdvanceAsync(TimeSpan duration, CancellationToken cancellationToken) => Pacemaker.AdvanceAsync(duration, cancellationToken);

    /// <inheritdoc cref="Worlds.Pacemaker.JumpAsync"/>
    public Task JumpAsync(TimeSpan duration, CancellationToken cancellationToken) => Pacemaker.JumpAsync(duration, cancellationToken);

    /// <inheritdoc cref="Worlds.Pacemaker.SettleAsync"/>
    public Task<bool> SettleAsync(CancellationToken cancellationToken) => Pacemaker.SettleAsync(cancellationToken);

    /// <inheritdoc cref="Worlds.Pacemaker.SetRateAsync"/>
    public Task SetRateAsync(double rate, CancellationToken cancellationToken) => Pacemaker.SetRateAsync(rate, cancellationToken);

    /// <summary>
    /// Back to a world as at the start, later: everything well for twelve minutes, then the batch promoted to 15 %, the fault on
    /// two minutes later, and six minutes after that its hook is red. The journal of effects begins anew.
    /// </summary>
    public async Task ResetToPromotedAsync(string batch, string? fault, CancellationToken cancellationToken)
    {
        Look(m =>
        {
            m.Faults.Clear();
            m.Flags.Reset();
            m.Train = ReleaseTrain.Idle(Clock.Now);
            return true;
        });
        await JumpAsync(TimeSpan.FromMinutes(12), cancellationToken);
        await TypeAsync("mei", ["releasectl", "stage", "promote", "--env", "prod", "--batch", batch, "--weight", "15"], cancellationToken);
        await JumpAsync(TimeSpan.FromMinutes(2), cancellationToken);
        if (fault is not null)
        {
            FaultOn(fault);
            await JumpAsync(TimeSpan.FromMinutes(6), cancellationToken);
        }

        Effects.Clear();
    }

    /// <summary>A new pair of databases for the replicas started from now on; those that run keep theirs.</summary>
    /// <param name="copyOf">A pair nobody is connected to; null for empty ones with the past's records.</param>
    public async Task<WorldDatabases> UseFreshDatabasesAsync(string name, WorldDatabases? copyOf, CancellationToken cancellationToken)
    {
        databases = await Postgres.CreateWorldDatabasesAsync(name, copyOf, cancellationToken);
        Part(started.Audit).Follow(databases.ProductOwner);
        if (copyOf is null)
        {
            await Past.RecordAsync(databases.ProductOwner, options, cancellationToken);
        }

        Save();
        return databases;
    }

    /// <summary>Starts a replica and waits until it is ready; one that died is replaced.</summary>
    /// <param name="environment">Stronger than the world's and the options' settings.</param>
    /// <exception cref="InvalidOperationException">It is alive already, or did not come up.</exception>
    public async Task<BotReplica> StartReplicaAsync(string id, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        if (replicas.TryRemove(id, out var old))
        {
            if (old.IsAlive)
            {
                replicas[id] = old;
                throw new InvalidOperationException($"Replica {id} is alive already.");
            }

            await old.DisposeAsync();
        }

        var place = folder.Replica(id);
        var settings = BotCommand.Settings(place, databases, Prometheus.Url, Control, Bastion, Path.Combine(root, "runbook"));
        foreach (var (name, value) in options.BotEnvironment.Concat(environment ?? new Dictionary<string, string>()))
        {
            settings[name] = value;
        }

        var replica = await BotReplica.StartAsync(place, BotCommand.Of(BotCommand.Find(options.BotDll)), root, settings, () => Clock.Setting, cancellationToken);
        replicas[id] = replica;
        Save();
        return replica;
    }

    /// <inheritdoc cref="StartReplicaAsync(string, IReadOnlyDictionary{string, string}?, CancellationToken)"/>
    public Task<BotReplica> StartReplicaAsync(string id, CancellationToken cancellationToken) => StartReplicaAsync(id, null, cancellationToken);

    /// <summary><c>kill -9</c>.</summary>
    public Task KillReplicaAsync(string id) => Replica(id).KillAsync();

    /// <summary>Ends a replica in order.</summary>
    public Task StopReplicaAsync(string id) => Replica(id).StopAsync();

    /// <summary>Ends every replica in order, and forgets them.</summary>
    public async Task StopReplicasAsync()
    {
        await Task.WhenAll(replicas.Values.Select(r => r.DisposeAsync().AsTask()));
        replicas.Clear();
        Save();
    }

    /// <summary>Writes the file that makes a replica kill itself at a transition, for example <c>after-effect:execute</c>.</summary>
    public void KillAt(string id, string transition) => File.WriteAllText(folder.Replica(id).KillFile, transition);

    /// <summary>Completes <see cref="Ended"/>; whoever started the world disposes it then.</summary>
    public void Leave() => ended.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[started.Pacemaker, .. replicas.Values, started.Control, started.Audit, started.Bastion, started.Prometheus, started.Postgres])
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        started.Writer?.Dispose();
        folder.Delete();
    }

    private BotReplica Replica(string id) =>
        replicas.GetValueOrDefault(id) ?? throw new ArgumentException($"There is no replica '{id}'. There are: {string.Join(", ", replicas.Keys.Order())}.", nameof(id));

    private async Task StartPartsAsync(Action<StartedPart> report, CancellationToken cancellationToken)
    {
        var model = await TimedAsync("model", report, () => Task.Run(() => Past.Live(options), cancellationToken));
        await TimedAsync("control", report, async () => started.Control = await ControlServer.StartAsync(Map, cancellationToken));
        await Task.WhenAll(
            TimedAsync("postgres", report, async () =>
            {
                started.Postgres = await PostgresServer.StartAsync(new PostgresOptions(folder.Postgres), cancellationToken);
                databases = started.Postgres.Databases;
                await Past.RecordAsync(databases.ProductOwner, options, cancellationToken);
                return started.Audit = new ProductAudit(databases.ProductOwner, options.Logging.CreateLogger<ProductAudit>());
            }),
            TimedAsync("prometheus", report, async () =>
            {
                started.Prometheus = await PrometheusServer.StartAsync(folder.Prometheus, cancellationToken);
                started.Writer = new RemoteWriter(started.Prometheus.Url);
                var feed = new MetricsFeed(model, tools, started.Writer, options.Logging.CreateLogger<MetricsFeed>());
                await feed.WriteUpToAsync(options.Start, cancellationToken);
                return started.Pacemaker = new Pacemaker(Clock, feed, model, () => Replicas, options.SettleDeadline);
            }),
            TimedAsync("bastion", report, async () =>
            {
                started.Bastion = await BastionServer.StartAsync(new BastionOptions(folder.Bastion, Path.Combine(root, "bastion")), cancellationToken);
                Scripts.Install(folder.Bastion, Control, started.Bastion.ScriptLog, options.RollbackTakes);
                return started.Bastion;
            }));
        started.Desk = new ToolDesk(model, tools, Clock, Effects, Part(started.Audit));
        Save();
        await Task.WhenAll(Enumerable.Range(0, options.Replicas).Select(i => ((char)('a' + i)).ToString()).Select(id =>
            TimedAsync($"bot {id}", report, () => StartReplicaAsync(id, cancellationToken))));
        Pacemaker.Start();
        await Pacemaker.SetRateAsync(options.Rate, cancellationToken);
    }

    private void Map(WebApplication app)
    {
        ToolEndpoints.Map(app, () => Desk);
        new ProductApi(() => Desk, options.Seed).Map(app);
        WorldEndpoints.Map(app, this);
    }

    private void Save()
    {
        lock (fileGate)
        {
            folder.Write(new WorldFile
            {
                Sandbox = ourselves,
                Processes = [.. ((ProcessIdentity?[])[started.Postgres?.Process, started.Prometheus?.Process, started.Bastion?.Process, .. replicas.Values.Select(r => r.Process)]).OfType<ProcessIdentity>()],
                Control = started.Control?.Url,
                Prometheus = started.Prometheus?.Url,
                Databases = databases,
                Bastion = started.Bastion is { } bastion
                    ? new WorldFile.BastionPlace("127.0.0.1", bastion.Port, bastion.User, bastion.KeyFile, bastion.HostKeyFingerprint, bastion.Folder)
                    : null,
                Replicas = [.. Replicas.Select(r => r.Place)],
                Sockets = Sockets,
            });
        }
    }

    private static async Task<T> TimedAsync<T>(string name, Action<StartedPart> report, Func<Task<T>> start)
    {
        var watch = Stopwatch.StartNew();
        var part = await start();
        report(new StartedPart(name, watch.Elapsed));
        return part;
    }

    private static T Part<T>(T? part)
        where T : class => part ?? throw new InvalidOperationException("The world is not up yet.");

    /// <summary>What is up so far.</summary>
    private sealed class Started
    {
        public ControlServer? Control { get; set; }

        public PostgresServer? Postgres { get; set; }

        public PrometheusServer? Prometheus { get; set; }

        public BastionServer? Bastion { get; set; }

        public RemoteWriter? Writer { get; set; }

        public Pacemaker? Pacemaker { get; set; }

        public ProductAudit? Audit { get; set; }

        public ToolDesk? Desk { get; set; }
    }
}
