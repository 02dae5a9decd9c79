using Glancy.Bot.Commands.Hooks.Chart;
using Glancy.Ops.Hooks.History;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Tests.Hooks.Chart;

/// <summary>Series of the shipped hooks, a value a minute unless said otherwise, as pictures get to see them.</summary>
internal static class Charts
{
    public static readonly DateTimeOffset From = World.Now.AddHours(-1);

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static Measure Measure(string hook, int index = 0) =>
        RunbookOnDisk.Content.Hooks.First(h => h.Id == hook).Measures[index];

    public static HookSeries Series(
        string hook,
        IEnumerable<double?> values,
        int index = 0,
        string segment = QueryText.Total
    ) =>
        new(
            hook,
            Measure(hook, index),
            segment,
            TimeSpan.FromMinutes(1),
            [.. values.Select((value, i) => new SeriesPoint(From.AddMinutes(i), value))]
        );

    public static HookChart Of(HookSeries series, params ChartMark[] marks) =>
        new(series, World.Now.AddMinutes(-2), marks, Zone);

    /// <summary>The last change before a draft, 22 min ago.</summary>
    public static ChartMark Promote { get; } = new(World.Now.AddMinutes(-22), World.Red.ChangesBefore[0]);

    /// <summary>An hour that is good, has a gap of five minutes, and turns red after the promote.</summary>
    public static IEnumerable<double?> Turning(Measure measure) =>
        Enumerable
            .Range(0, 61)
            .Select(minute =>
            {
                var (good, bad) = Levels(measure);
                var ripple = measure.Red.Limit is 0 or 1
                    ? 0
                    : (measure.Red.Limit - good) * 0.12 * Math.Sin(minute * 1.7);
                return minute is >= 12 and < 17 ? (double?)null
                    : minute < 42 ? good + ripple
                    : good + ((bad - good) * Math.Min(1, (minute - 41) / 10.0)) + ripple;
            });

    private static (double Good, double Bad) Levels(Measure measure) =>
        measure switch
        {
            { Unit: Unit.Percent, Red: { Upward: false, Limit: 1 } } => (1, 0.4),
            { Unit: Unit.Percent, Red: { Upward: false, Limit: var limit } } => (
                1 - ((1 - limit) * 0.3),
                1 - ((1 - limit) * 3)
            ),
            { Red.Limit: 0 } => (0, 0.004),
            { Red.Limit: var limit } => (limit * 0.5, limit * 1.4),
        };
}
