using Glancy.Ops.Alerts;
using Glancy.Ops.Connectors.Alertmanager;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Web;
using Glancy.Ops.Hooks;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Runbook;
using Glancy.Ops.Tests.Alerts;
using Glancy.Ops.Tests.Incidents.Outcalls;
using Glancy.Ops.Tests.Runbook;
using Glancy.Ops.Watching;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>
/// All of operations composed as in production, on a real database, with stand-ins at the outside edges and a clock
/// moved by hand. Nothing runs by itself: a test claims and works.
/// </summary>
internal sealed class OpsHouse : IAsyncDisposable
{
    // Hundreds of houses share one server's hundred connections, so what a house leaves behind goes soon.
    private const string Idle = "Connection Idle Lifetime=2;Connection Pruning Interval=1";

    // Read once: it never changes, and property tests build houses by the dozen.
    private static readonly Lazy<RunbookContent> Shipped = new(() =>
    {
        var loaded = RunbookFolders.Loader.Load(Path.Combine(RepositoryRoot.Find(), "runbook"));
        Assert.Empty(loaded.Problems);
        return Assert.IsType<RunbookContent>(loaded.Content);
    });

    private readonly ServiceProvider services;
    private DateTimeOffset now = new(2025, 4, 18, 1, 30, 0, TimeSpan.Zero);

    private OpsHouse(ServiceProvider services, StandInBastion bastion, StandInLights lights)
    {
        this.services = services;
        Bastion = bastion;
        Lights = lights;
        Advance(TimeSpan.Zero);
    }

    public StandInBastion Bastion { get; }

    public StandInLights Lights { get; }

    public required StandInAlertmanager Alertmanager { get; init; }

    public DateTimeOffset Now => now;

    /// <param name="extra">Beside the runbook's procedures, or instead of those of the same name.</param>
    public static async Task<OpsHouse> BuildAsync(
        PostgresFixture postgres,
        CancellationToken cancellationToken,
        params Procedure[] extra
    )
    {
        var databases = await postgres.TakeAsync(cancellationToken);
        return Build(databases, extra);
    }

    /// <summary>With other settings, and another runbook.</summary>
    public static async Task<OpsHouse> BuildAsync(
        PostgresFixture postgres,
        IReadOnlyDictionary<string, string?> settings,
        Func<RunbookContent, RunbookContent> edit,
        CancellationToken cancellationToken
    ) =>
        Build(
            await postgres.TakeAsync(cancellationToken),
            Path.Combine(RepositoryRoot.Find(), "runbook"),
            "test",
            edit(Shipped.Value),
            settings: settings
        );

    public static OpsHouse Build(WorldDatabases databases, params Procedure[] extra)
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "runbook");
        var content = Shipped.Value;
        return Build(
            databases,
            folder,
            "test",
            content with
            {
                Procedures = extra.Concat(content.Procedures.Values).DistinctBy(p => p.Id).ToDictionary(p => p.Id),
            }
        );
    }

    /// <summary>A replica with a folder of its own.</summary>
    /// <param name="content">What is in force from the beginning; null: nothing before it begins.</param>
    /// <param name="more">What else there is, or instead.</param>
    public static OpsHouse Build(
        WorldDatabases databases,
        string folder,
        string replica,
        RunbookContent? content,
        string source = "",
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? more = null
    )
    {
        var all = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Environment"] = "sandbox",
                    ["Database"] = databases.BotRuntime + ";Maximum Pool Size=20;" + Idle,
                    ["ProductDatabase"] = databases.ProductOps + ";Maximum Pool Size=10;" + Idle,
                    ["PrometheusUrl"] = "http://127.0.0.1:9",
                    ["ProductUrl"] = "http://127.0.0.1:9",
                    ["Runbook"] = folder,
                    ["Socket"] = "/nowhere",
                    ["RunbookSource"] = source,
                    ["ReplicaId"] = replica,
                    ["EffectSettle"] = "00:00:01",
                    ["Bastion:Host"] = "127.0.0.1",
                    ["Bastion:User"] = "nobody",
                    ["Bastion:KeyFile"] = "/nowhere",
                    ["Bastion:HostKey"] = new string('A', 43),
                }
            )
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>())
            .Build();
        var bastion = new StandInBastion();
        var known = content ?? Shipped.Value;
        var lights = new StandInLights([
            .. known.Hooks,
            .. known.Patrols.Select(p => new Hook(p.Id, p.Title, p.Section, "", false, p.Measures)),
            .. known.Ladder.Rungs.Select(r => new Hook(
                r.Batch,
                r.Audience,
                r.Section,
                "",
                false,
                [.. r.Gates.Select(g => g.Own).OfType<Measure>()]
            )),
            .. known.Alerts.Sops.Select(s => new Hook(
                s.Id,
                s.Title,
                s.Section,
                "",
                false,
                [.. s.Verify.Select(l => l.Measure).OfType<Measure>()]
            )),
        ]);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddGlancyOps(all, content);
        collection.AddSingleton<ICallWords, StandInCallWords>();
        collection.AddSingleton<IBastion>(bastion);
        collection.AddSingleton<IPrometheus>(lights);
        collection.AddSingleton(
            new ProductWeb(new HttpClient(new StandInProduct(bastion)) { BaseAddress = new Uri("http://product") })
        );

        var alertmanager = new StandInAlertmanager();
        collection.AddSingleton(
            new AlertmanagerClient(new HttpClient(alertmanager) { BaseAddress = new Uri("http://alertmanager/") })
        );
        collection.Configure<AlertsOptions>(alerts =>
            (alerts.AlertmanagerUrl, alerts.AskAgain) = (new Uri("http://alertmanager"), TimeSpan.Zero)
        );

        more?.Invoke(collection);

        // Nothing runs by itself.
        foreach (var hosted in collection.Where(s => s.ServiceType == typeof(IHostedService)).ToList())
        {
            collection.Remove(hosted);
        }

        return new OpsHouse(collection.BuildServiceProvider(), bastion, lights) { Alertmanager = alertmanager };
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Person Person(string id) => Get<RunbookHolder>().Current.People[id];

    public void Advance(TimeSpan span)
    {
        now += span;
        Get<WorldClock>().Follow(new ClockRow(now, DateTimeOffset.UnixEpoch, 0, now));
    }

    public void AdvanceTo(DateTimeOffset at) => Advance(at - now);

    /// <summary>Claims and works until nothing is due.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (await Get<RunClaims>().TakeAsync("test", TimeSpan.FromSeconds(30), cancellationToken) is { } claim)
        {
            try
            {
                await Get<RunEngine>().WorkAsync(claim, cancellationToken);
            }
            finally
            {
                await Get<RunClaims>().ReleaseAsync(claim, CancellationToken.None);
            }
        }
    }

    /// <summary>A whole window passes, and what waits for one that lies after its effects goes on.</summary>
    public Task ProveAsync(CancellationToken cancellationToken)
    {
        Advance(Recovery.Window);
        return WorkAsync(cancellationToken);
    }

    /// <summary>
    /// Opens as many connections, so that what is done at once afterwards is not held up one after the other by opening
    /// them.
    /// </summary>
    public Task ConnectAsync(int count, CancellationToken cancellationToken)
    {
        var database = Get<BotDatabase>();
        return Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(_ => database.QueryAsync<int>("select 1 from pg_sleep(0.2)", null, cancellationToken))
        );
    }

    /// <summary>Waits in real time until something holds; fails after ten seconds.</summary>
    public static async Task UntilAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (!holds())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public Task LookAsync(CancellationToken cancellationToken) => Get<HookWatcher>().LookAsync(cancellationToken);

    public async Task<Run> RunAsync(long id, CancellationToken cancellationToken) =>
        await Get<RunStore>().GetAsync(id, cancellationToken) ?? throw new InvalidOperationException($"No run {id}.");

    /// <summary>A rollback of REL-B3 drafted by Lin, the Primary on duty.</summary>
    public async Task<Run> DraftRollbackAsync(CancellationToken cancellationToken, string by = "lin")
    {
        var arguments = new Dictionary<string, string> { ["batch"] = "REL-B3", ["reason"] = "errors after promote" };
        var outcome = await Get<Drafts>()
            .DraftAsync("rollback", arguments, Person(by), "errors after promote", cancellationToken);
        return Assert.IsType<DraftOutcome.Drafted>(outcome).Run;
    }

    /// <summary>
    /// REL-B3 rolled back the full way by Lin and Mei; its effects are done, and it waits for its proof.
    /// </summary>
    public async Task<Run> RollBackAsync(CancellationToken cancellationToken)
    {
        var run = await DraftRollbackAsync(cancellationToken);
        await ConfirmAsync(run, "mei", cancellationToken);
        await WorkAsync(cancellationToken);
        return await RunAsync(run.Id, cancellationToken);
    }

    /// <summary>Half an hour of good lights after a rollback, then the thaw by Mei.</summary>
    public async Task ThawAsync(CancellationToken cancellationToken)
    {
        Advance(TimeSpan.FromMinutes(31));
        var arguments = new Dictionary<string, string> { ["reason"] = "steady" };
        var outcome = await Get<Drafts>().DraftAsync("thaw", arguments, Person("mei"), "steady", cancellationToken);
        var run = Assert.IsType<DraftOutcome.Drafted>(outcome).Run;
        await ConfirmAsync(run, "mei", cancellationToken);
        await WorkAsync(cancellationToken);
        Assert.Null(await Get<Ops.Releases.FreezeStore>().GetAsync(cancellationToken));
    }

    public Task<RunOutcome> ConfirmAsync(Run run, string person, CancellationToken cancellationToken) =>
        Get<RunDesk>().ConfirmAsync(run.Id, run.Plan.Code, Person(person), null, cancellationToken);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
