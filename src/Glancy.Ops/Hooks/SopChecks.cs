using Glancy.Ops.Connectors.Prometheus;
using Glancy.Runbook;
using Glancy.Runbook.Alerts;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks;

/// <summary>
/// Reads the columns of an SOP from the metrics (§5.2), all of one turn at the same instant. Windows that lie back are
/// read again from the metrics, so that neither a gap in looking nor a restart counts as good.
/// </summary>
internal sealed class SopChecks(
    IPrometheus prometheus,
    RunbookContent content,
    DateTimeOffset at,
    CancellationToken cancellationToken
)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(content.Roster.TimeZone);
    private readonly Dictionary<DateTimeOffset, MeasureReader> readers = [];

    /// <param name="since">No window that began before this counts.</param>
    public async Task<IReadOnlyList<CheckReading>> ReadAsync(AlertSop sop, DateTimeOffset since)
    {
        var detected = sop.Detect.Where(l => l.Measure is not null).Select(DetectAsync).ToList();
        var verified = sop.Verify.Where(l => l.Measure is not null).Select(line => VerifyAsync(line, since)).ToList();
        return [.. await Task.WhenAll(detected), .. await Task.WhenAll(verified)];
    }

    private async Task<CheckReading> DetectAsync(SopLine line)
    {
        var reading = await MeasureAsync(line, at);
        return new CheckReading(CheckReading.Detect, line.Id, reading.Value, reading.Light, reading.Unknown, 0, 0);
    }

    /// <summary>One line of the last column, which has a measure.</summary>
    /// <param name="since">No window that began before this counts.</param>
    public async Task<CheckReading> VerifyAsync(SopLine line, DateTimeOffset since)
    {
        var (newest, good) = (await MeasureAsync(line, at), 0);
        for (
            var (reading, instant) = (newest, at);
            IsGood(line, reading) && WholeWindow.LiesAfter(since, reading, instant) && ++good < line.Windows;

        )
        {
            instant = at - (good * reading.Measure.Window);
            reading = await MeasureAsync(line, instant);
        }

        return new CheckReading(
            CheckReading.Verify,
            line.Id,
            newest.Value,
            newest.Light,
            newest.Unknown,
            good,
            line.Windows
        );
    }

    private static bool IsGood(SopLine line, MeasureReading reading) =>
        reading is { Unknown: null, Value: { } value } && (line.Good?.Holds(value) ?? reading.Recovered);

    // Alerts are about everybody, so no segment is read apart: no release status.
    private async Task<MeasureReading> MeasureAsync(SopLine line, DateTimeOffset instant)
    {
        if (!readers.TryGetValue(instant, out var reader))
        {
            readers[instant] = reader = new MeasureReader(prometheus, zone, instant, cancellationToken);
        }

        var measure = line.Measure ?? throw new InvalidOperationException("Only what has a measure is read.");
        return (await reader.Start(measure, release: null)[0]).Reading;
    }
}

/// <summary>What one line of an SOP said.</summary>
/// <param name="Column"><c>detect</c> or <c>verify</c>.</param>
/// <param name="Value">In the measure's base unit; null when unknown.</param>
/// <param name="Good">Of <paramref name="Of"/> adjacent windows, how many are good, the newest first; of the first
/// column 0.</param>
public sealed record CheckReading(
    string Column,
    string Id,
    double? Value,
    Light Light,
    UnknownReason? Unknown,
    int Good,
    int Of
)
{
    public const string Detect = "detect";
    public const string Verify = "verify";

    /// <summary>Everything that was asked for is good; unknown never is.</summary>
    public bool Ticked => Column == Verify && Unknown is null && Of > 0 && Good >= Of;

    /// <summary>
    /// Whether a person sees a difference: another light, tick or reason, or a value that has moved by a tenth.
    /// </summary>
    public bool Differs(CheckReading other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Column, Id, Light, Unknown, Good, Of)
                != (other.Column, other.Id, other.Light, other.Unknown, other.Good, other.Of)
            || Value is null != other.Value is null
            || (
                Value is { } mine
                && other.Value is { } theirs
                && Math.Abs(mine - theirs) > 0.1 * Math.Max(Math.Abs(mine), Math.Abs(theirs))
            );
    }
}
