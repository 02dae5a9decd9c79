using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks.Episodes;

/// <summary>What is said of a red light's worst measure.</summary>
internal static class EpisodeFacts
{
    public static string Value(HookReading reading) =>
        reading.Worst is { Value: { } value } worst ? Threshold.Format(value, worst.Measure.Unit) : "?";

    public static string Limit(HookReading reading) => reading.Worst is { } worst ? worst.Measure.Red.ToString() : "?";
}
