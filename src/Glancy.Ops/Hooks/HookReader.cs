using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks;

/// <summary>Evaluates the hooks of §4.2 and the signals of §4.3 at one instant.</summary>
public sealed class HookReader(IPrometheus prometheus)
{
    // What the release tool said last; asked for ahead, and of no use where it says something else now.
    private volatile ReleaseStatus? last;

    /// <summary>Reads with a status of the train that is known already.</summary>
    public Task<IReadOnlyList<HookReading>> ReadAsync(
        RunbookContent content,
        ReleaseStatus? release,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => ReadAsync(content, Task.FromResult(release), at, _ => null, cancellationToken);

    /// <summary>
    /// Reads every hook, all queries at once and each with its deadline. Outside trouble makes a measure unknown.
    /// </summary>
    /// <param name="release">
    /// Whose new colour is read apart while it is active; null when the release tool does not say. What does not depend
    /// on it is asked meanwhile.
    /// </param>
    /// <param name="at">World time at which the queries are evaluated.</param>
    /// <param name="explain">The switch of ours (flag=value) that makes a hook red or silent, or null (rule 7); asked
    /// for lights that are not green.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<HookReading>> ReadAsync(
        RunbookContent content,
        Task<ReleaseStatus?> release,
        DateTimeOffset at,
        Func<Hook, string?> explain,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(explain);
        ArgumentNullException.ThrowIfNull(release);
        var reader = new MeasureReader(
            prometheus,
            TimeZoneInfo.FindSystemTimeZoneById(content.Roster.TimeZone),
            at,
            cancellationToken
        );
        foreach (var measure in content.Hooks.SelectMany(hook => hook.Measures))
        {
            reader.Ahead(measure, last);
        }

        var status = await release;
        last = status;
        var started = content
            .Hooks.Select(hook =>
                (Hook: hook, Readings: hook.Measures.SelectMany(measure => reader.Start(measure, status)).ToList())
            )
            .ToList();
        await Task.WhenAll(started.SelectMany(s => s.Readings));
        var readings = new List<HookReading>();
        foreach (var (hook, tasks) in started)
        {
            readings.Add(Combine(hook, await Task.WhenAll(tasks), explain));
        }

        return readings;
    }

    /// <summary>The worst measure decides; a hook without any reading is unknown.</summary>
    private static HookReading Combine(
        Hook hook,
        (MeasureReading Reading, TimeSpan Took)[] read,
        Func<Hook, string?> explain
    )
    {
        var light = read.Length == 0 ? Light.Unknown : read.Max(r => r.Reading.Light);
        return new HookReading(
            hook,
            light,
            [.. read.Select(r => r.Reading)],
            light == Light.Green ? null : explain(hook),
            read.Length == 0 ? TimeSpan.Zero : read.Max(r => r.Took)
        );
    }
}
