using System.Diagnostics;
using Glancy.Sandbox.Alertmanager;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Control;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Prometheus;
using Glancy.Sandbox.Redis;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Worlds;

/// <summary>A part of the world that is up, and how long that took.</summary>
public sealed record StartedPart(string Name, TimeSpan Took);

/// <summary>What a world consists of beside its bots; each part is null until it is up.</summary>
internal sealed class Services : IAsyncDisposable
{
    private RemoteWriter? writer;

    public ControlServer? Control { get; private set; }

    public PostgresServer? Postgres { get; private set; }

    public PrometheusServer? Prometheus { get; private set; }

    public RedisServer? Redis { get; private set; }

    public ProductFeed? Product { get; private set; }

    public BastionServer? Bastion { get; private set; }

    /// <summary>Null, too, in a world without Slack.</summary>
    public SandboxSlack? Slack { get; private set; }

    /// <summary>Null, too, in a world without alerts.</summary>
    public AlertmanagerServer? Alertmanager { get; private set; }

    public Pacemaker? Pacemaker { get; private set; }

    public ProductAudit? Audit { get; private set; }

    public ToolDesk? Desk { get; private set; }

    /// <summary>What is up, as the world's file tells it; databases and sockets are the world's to say.</summary>
    public WorldFile Described(ProcessIdentity sandbox, IReadOnlyList<BotReplica> replicas) =>
        new()
        {
            Sandbox = sandbox,
            Processes =
            [
                .. (
                    (ProcessIdentity?[])
                        [
                            Postgres?.Process,
                            Prometheus?.Process,
                            Redis?.Process,
                            Alertmanager?.Process,
                            Bastion?.Process,
                        ]
                ).OfType<ProcessIdentity>(),
                .. replicas.Select(r => r.Process),
            ],
            Control = Control?.Url,
            Prometheus = Prometheus?.Url,
            Alertmanager = Alertmanager?.Url,
            Redis = Redis is { } redis ? new WorldFile.RedisPlace("127.0.0.1", redis.Port, redis.Password) : null,
            Bastion = Bastion is { } bastion
                ? new WorldFile.BastionPlace(
                    "127.0.0.1",
                    bastion.Port,
                    bastion.User,
                    bastion.KeyFile,
                    bastion.HostKeyFingerprint,
                    bastion.Folder
                )
                : null,
            Slack = Slack is { } slack
                ? new WorldFile.SlackPlace(slack.Api, slack.SigningSecret, slack.BotToken)
                : null,
            Replicas = [.. replicas.Select(r => r.Place)],
        };

    /// <summary>Starts everything, what can be at the same time at the same time.</summary>
    /// <param name="map">The endpoints of the control server; they may be called before everything is up.</param>
    public async Task StartAsync(
        WorldOptions options,
        WorldFolder folder,
        string root,
        WorldClock clock,
        EffectJournal effects,
        Func<IReadOnlyList<BotReplica>> bots,
        Action<WebApplication> map,
        Action<StartedPart> report,
        CancellationToken cancellationToken
    )
    {
        var tools = new Lock();
        ErrorMinutesFeed? errorMinutes = null;
        // Nothing but the metrics waits for the past to be lived.
        var living = TimedAsync("model", report, () => Task.Run(() => Past.Live(options), cancellationToken));
        Control = await TimedAsync("control", report, () => ControlServer.StartAsync(map, cancellationToken));
        MetricsFeed? feed = null;
        await Task.WhenAll(
            living,
            TimedAsync(
                "postgres",
                report,
                async () =>
                {
                    Postgres = await PostgresServer.StartAsync(new PostgresOptions(folder.Postgres), cancellationToken);
                    await Past.RecordAsync(Postgres.Databases.ProductOwner, options, cancellationToken);
                    return Audit = new ProductAudit(
                        Postgres.Databases.ProductOwner,
                        options.Logging.CreateLogger<ProductAudit>()
                    );
                }
            ),
            TimedAsync(
                "prometheus",
                report,
                async () =>
                {
                    Prometheus = await PrometheusServer.StartAsync(folder.Prometheus, cancellationToken);
                    writer = new RemoteWriter(Prometheus.Url);
                    errorMinutes = new ErrorMinutesFeed(await living, tools, () => Audit?.Connection);
                    feed = new MetricsFeed(await living, tools, writer, options.Logging.CreateLogger<MetricsFeed>())
                    {
                        ErrorMinutes = errorMinutes,
                    };
                    return await feed.WriteUpToAsync(options.Start, cancellationToken);
                }
            ),
            TimedAsync(
                "redis",
                report,
                async () => Redis = await RedisServer.StartAsync(folder.Redis, cancellationToken)
            ),
            TimedAsync(
                "bastion",
                report,
                async () =>
                {
                    Bastion = await BastionServer.StartAsync(
                        new BastionOptions(folder.Bastion, Path.Combine(root, "bastion")),
                        cancellationToken
                    );
                    Scripts.Install(folder.Bastion, Control.Url, Bastion.ScriptLog, options.RollbackTakes);
                    return Bastion;
                }
            ),
            options.Alerts
                ? TimedAsync(
                    "alertmanager",
                    report,
                    async () =>
                        Alertmanager = await AlertmanagerServer.StartAsync(
                            folder.Alertmanager,
                            Enumerable
                                .Range(0, Math.Max(1, options.Replicas))
                                .Select(i => ((char)('a' + i)).ToString()),
                            cancellationToken
                        )
                )
                : Task.CompletedTask,
            options.Slack
                ? TimedAsync(
                    "slack",
                    report,
                    async () =>
                    {
                        Slack = await SandboxSlack.StartAsync(
                            Path.Combine(root, "runbook", "people.yaml"),
                            AppManifest.Read(Path.Combine(root, "manifests", "slack-app.yaml")),
                            TimeProvider.System,
                            () => clock.Now,
                            cancellationToken
                        );
                        Slack.Speak(options.Language);
                        return Slack;
                    }
                )
                : Task.CompletedTask
        );
        await Up(errorMinutes).WriteAsync(cancellationToken);
        var model = await living;
        Product = new ProductFeed(
            model,
            tools,
            new ProductTables(Up(Postgres).Databases.ProductOwner),
            await ProductQueues.ConnectAsync(Up(Redis))
        );
        Pacemaker = new Pacemaker(clock, Up(feed), Product, model, bots, options.SettleDeadline);
        Desk = new ToolDesk(model, tools, clock, effects, Up(Audit));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (
            var part in (IAsyncDisposable?[])
                [Pacemaker, Control, Alertmanager, Slack, Product, Audit, Bastion, Prometheus, Redis, Postgres]
        )
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        writer?.Dispose();
    }

    /// <summary>Writes the past's rows and queues; nobody has to wait for them to start.</summary>
    public Task FillAsync(DateTimeOffset to, Action<StartedPart> report, CancellationToken cancellationToken) =>
        TimedAsync("tables", report, () => Up(Product).WriteUpToAsync(to, cancellationToken));

    private static T Up<T>(T? part)
        where T : class => part ?? throw new InvalidOperationException("A part of the world is not up.");

    public static async Task<T> TimedAsync<T>(string name, Action<StartedPart> report, Func<Task<T>> start)
    {
        var watch = Stopwatch.StartNew();
        var part = await start();
        report(new StartedPart(name, watch.Elapsed));
        return part;
    }
}
