using System.Diagnostics;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Control;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Prometheus;

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

    public BastionServer? Bastion { get; private set; }

    public Pacemaker? Pacemaker { get; private set; }

    public ProductAudit? Audit { get; private set; }

    public ToolDesk? Desk { get; private set; }

    public IEnumerable<ProcessIdentity> Processes =>
        ((ProcessIdentity?[])[Postgres?.Process, Prometheus?.Process, Bastion?.Process]).OfType<ProcessIdentity>();

    /// <summary>Starts everything, what can be at the same time at the same time.</summary>
    /// <param name="map">The endpoints of the control server; they may be called before everything is up.</param>
    public async Task StartAsync(
        WorldOptions options, WorldFolder folder, string root, WorldClock clock, EffectJournal effects, Func<IReadOnlyList<BotReplica>> bots, Action<WebApplication> map, Action<StartedPart> report, CancellationToken cancellationToken)
    {
        var tools = new Lock();
        var model = await TimedAsync("model", report, () => Task.Run(() => Past.Live(options), cancellationToken));
        Control = await TimedAsync("control", report, () => ControlServer.StartAsync(map, cancellationToken));
        await Task.WhenAll(
            TimedAsync("postgres", report, async () =>
            {
                Postgres = await PostgresServer.StartAsync(new PostgresOptions(folder.Postgres), cancellationToken);
                await Past.RecordAsync(Postgres.Databases.ProductOwner, options, cancellationToken);
                return Audit = new ProductAudit(Postgres.Databases.ProductOwner, options.Logging.CreateLogger<ProductAudit>());
            }),
            TimedAsync("prometheus", report, async () =>
            {
                Prometheus = await PrometheusServer.StartAsync(folder.Prometheus, cancellationToken);
                writer = new RemoteWriter(Prometheus.Url);
                var feed = new MetricsFeed(model, tools, writer, options.Logging.CreateLogger<MetricsFeed>());
                await feed.WriteUpToAsync(options.Start, cancellationToken);
                return Pacemaker = new Pacemaker(clock, feed, model, bots, options.SettleDeadline);
            }),
            TimedAsync("bastion", report, async () =>
            {
                Bastion = await BastionServer.StartAsync(new BastionOptions(folder.Bastion, Path.Combine(root, "bastion")), cancellationToken);
                Scripts.Install(folder.Bastion, Control.Url, Bastion.ScriptLog, options.RollbackTakes);
                return Bastion;
            }));
        Desk = new ToolDesk(model, tools, clock, effects, Audit ?? throw new InvalidOperationException("The audit is not up."));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[Pacemaker, Control, Audit, Bastion, Prometheus, Postgres])
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        writer?.Dispose();
    }

    public static async Task<T> TimedAsync<T>(string name, Action<StartedPart> report, Func<Task<T>> start)
    {
        var watch = Stopwatch.StartNew();
        var part = await start();
        report(new StartedPart(name, watch.Elapsed));
        return part;
    }
}
