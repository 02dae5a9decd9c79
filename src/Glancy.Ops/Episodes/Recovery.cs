using Glancy.Ops.Hooks;

namespace Glancy.Ops.Episodes;

/// <summary>
/// Whether hooks are recovered (§7.2.5): three adjacent five-minute windows, read again from the metrics, so that neither a gap in
/// watching nor a restart counts as good. Unknown is not recovered.
/// </summary>
public sealed class Recovery(HookSnapshots snapshots)
{
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The windows that have to be good, or bad, in a row.</summary>
    public const int Windows = 3;

    /// <param name="now">The last of the windows; a hook that is not in it is not recovered.</param>
    /// <param name="since">No window before this counts.</param>
    public Task<bool> HoldsAsync(IReadOnlyList<string> hooks, HookSnapshot now, DateTimeOffset since, CancellationToken cancellationToken) =>
        EachWindowAsync(hooks, h => h.Recovered, now, since, cancellationToken);

    /// <summary>Whether a hook was red, and not by our own doing, in each of the windows.</summary>
    public Task<bool> StillRedAsync(string hook, HookSnapshot now, DateTimeOffset since, CancellationToken cancellationToken) =>
        EachWindowAsync([hook], h => h.RedUnexplained, now, since, cancellationToken);

    private async Task<bool> EachWindowAsync(
        IReadOnlyList<string> hooks, Func<HookReading, bool> holds, HookSnapshot now, DateTimeOffset since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(now);
        bool All(IReadOnlyList<HookReading> readings) => hooks.All(id => readings.FirstOrDefault(h => h.Hook.Id == id) is { } reading && holds(reading));

        if (!All(now.Hooks))
        {
            return false;
        }

        for (var earlier = 1; earlier < Windows; earlier++)
        {
            var instant = now.At - (earlier * Window);
            if (instant < since || !All(await snapshots.BeforeAsync(now, hooks, instant, cancellationToken)))
            {
                return false;
            }
        }

        return true;
    }
}
