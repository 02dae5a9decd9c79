using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks;

/// <summary>
/// What a change may be judged by: readings whose whole window lies after it (rule 9). A window that began earlier
/// still holds what was before, so it says neither that the change did good nor that it did harm.
/// </summary>
internal static class WholeWindow
{
    /// <summary>Whether a reading, taken at an instant, holds nothing from before the change.</summary>
    public static bool LiesAfter(DateTimeOffset since, MeasureReading reading, DateTimeOffset at) =>
        at - Length(reading) >= since;

    /// <inheritdoc cref="LiesAfter(DateTimeOffset, MeasureReading, DateTimeOffset)"/>
    public static bool LiesAfter(DateTimeOffset since, HookReading hook, DateTimeOffset at)
    {
        return hook.Measures.All(reading => LiesAfter(since, reading, at));
    }

    /// <summary>When the first window that lies after the change is whole.</summary>
    public static DateTimeOffset First(DateTimeOffset since, HookReading hook)
    {
        return since + hook.Measures.Select(Length).DefaultIfEmpty().Max();
    }

    // Only red asks that the value has held; anything milder is what the newest window says.
    private static TimeSpan Length(MeasureReading reading) =>
        reading.Measure.Window + (reading.Light == Light.Red ? reading.Measure.Hold : TimeSpan.Zero);
}
