using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Alerts;

namespace Glancy.Ops.Hooks;

/// <summary>
/// Whether hooks, and lines of SOPs, are recovered (§7.2.5): three adjacent windows, read again from the metrics, so
/// that neither a gap in watching nor a restart counts as good. Unknown is not recovered.
/// </summary>
public sealed class Recovery(HookSnapshots snapshots, IPrometheus prometheus, RunbookHolder runbook)
{
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The windows that have to be good, or bad, in a row.</summary>
    public const int Windows = 3;

    /// <param name="recovers">Hooks by id, and lines of SOPs by name (<see cref="SopLine.Named"/>); all of them have to
    /// be recovered.</param>
    /// <param name="now">The last of the windows; a hook that is not in it is not recovered.</param>
    /// <param name="since">No window that began before this counts.</param>
    public async Task<bool> HoldsAsync(
        IReadOnlyList<string> recovers,
        HookSnapshot now,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(now);
        var lines = recovers.ToLookup(name => name.StartsWith(SopLine.Prefix, StringComparison.Ordinal));
        return await EachWindowAsync([.. lines[false]], h => h.Recovered, now, since, cancellationToken)
            && await LinesAsync(lines[true], now.At, since, cancellationToken);
    }

    /// <summary>Whether a hook was red, and not by our own doing, in each of the windows.</summary>
    public Task<bool> StillRedAsync(
        string hook,
        HookSnapshot now,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => EachWindowAsync([hook], h => h.RedUnexplained, now, since, cancellationToken);

    // A line asks for as many windows as its SOP says, and for three at least.
    private async Task<bool> LinesAsync(
        IEnumerable<string> names,
        DateTimeOffset at,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var content = runbook.Current;
        var checks = new SopChecks(prometheus, content, at, cancellationToken);
        foreach (var name in names)
        {
            if (
                content.Alerts.FindLine(name) is not { } line
                || !(await checks.VerifyAsync(line with { Windows = Math.Max(line.Windows, Windows) }, since)).Ticked
            )
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> EachWindowAsync(
        IReadOnlyList<string> hooks,
        Func<HookReading, bool> holds,
        HookSnapshot now,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(now);
        for (var earlier = 0; earlier < Windows; earlier++)
        {
            var instant = now.At - (earlier * Window);
            var readings =
                earlier == 0 ? now.Hooks : await snapshots.BeforeAsync(now, hooks, instant, cancellationToken);
            if (
                !hooks.All(id =>
                    readings.FirstOrDefault(h => h.Hook.Id == id) is { } reading
                    && holds(reading)
                    && WholeWindow.LiesAfter(since, reading, instant)
                )
            )
            {
                return false;
            }
        }

        return true;
    }
}
