using Glancy.Ops.Hooks;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Episodes;

/// <summary>
/// Whether hooks are recovered (§7.2.5): three adjacent five-minute windows, read again from the metrics, so that neither a gap in
/// watching nor a restart counts as good. Unknown is not recovered.
/// </summary>
public sealed class Recovery(HookSnapshots snapshots, RunbookHolder runbook)
{
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The windows that have to be good, or bad, in a row.</summary>
    public const int Windows = 3;

    /// <param name="now">Readings of <paramref name="at"/>; a hook that is not among them is not recovered.</param>
    /// <param name="since">No window before this counts.</param>
    public Task<bool> HoldsAsync(
        IReadOnlyList<string> hooks, IReadOnlyList<HookReading> now, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken) =>
        EachWindowAsync(hooks, h => h.Recovered, now, since, at, cancellationToken);

    /// <summary>Whether a hook was red, and not by our own doing, in each of the windows.</summary>
    public Task<bool> StillRedAsync(string hook, IReadOnlyList<HookReading> now, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken) =>
        EachWindowAsync([hook], h => h.RedUnexplained, now, since, at, cancellationToken);

    private async Task<bool> EachWindowAsync(
        IReadOnlyList<string> hooks, Func<HookReading, bool> holds, IReadOnlyList<HookReading> now, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken)
    {
        bool All(IReadOnlyList<HookReading> readings) => hooks.All(id => readings.FirstOrDefault(h => h.Hook.Id == id) is { } reading && holds(reading));

        if (!All(now))
        {
            return false;
        }

        for (var earlier = 1; earlier < Windows; earlier++)
        {
            var instant = at - (earlier * Window);
            if (instant < since || !All(await snapshots.ReadAsync(runbook.Current, instant, cancellationToken)))
            {
                return false;
            }
        }

        return true;
    }
}
