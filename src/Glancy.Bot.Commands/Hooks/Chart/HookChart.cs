using Glancy.Ops.Hooks.History;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;

namespace Glancy.Bot.Commands.Hooks.Chart;

/// <summary>What a picture of a red hook shows.</summary>
/// <param name="FirstRedAt">When the hook was first seen red.</param>
/// <param name="Marks">Instants within the picture, the oldest first; they are numbered from 1.</param>
/// <param name="Zone">Of the times written in the picture.</param>
public sealed record HookChart(
    HookSeries Series,
    DateTimeOffset FirstRedAt,
    IReadOnlyList<ChartMark> Marks,
    TimeZoneInfo Zone
)
{
    /// <summary>How long before a draft its picture begins.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromHours(1);

    // Of a run that took longer the end is shown: whether the light is good again.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>
    /// From when to when a run is drawn: the hour up to its draft, and what came of it once it has ended.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To) Span(Run run, bool ended)
    {
        ArgumentNullException.ThrowIfNull(run);
        var to = ended && run.FinishedAt is { } finished ? finished : run.CreatedAt;
        var from = run.CreatedAt - Before;
        return (to - from > Longest ? to - Longest : from, to);
    }

    /// <summary>
    /// The picture of a run: the last move of the train and the last change before first red, and when the effects were
    /// through.
    /// </summary>
    public static HookChart Of(Run run, DraftContext context, HookSeries series, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(series);
        var marks = new List<ChartMark>();
        var before = context.ChangesBefore.Where(c => c.At <= context.FirstRedAt).ToList();
        var train = before.Where(c => TrainTarget.IsOfTrain(c.Action)).MaxBy(c => c.At);
        marks.AddRange(
            new[] { train, before.MaxBy(c => c.At) }
                .OfType<ChangeBefore>()
                .Distinct()
                .OrderBy(c => c.At)
                .Select(c => new ChartMark(c.At, c))
        );

        if (run.EffectsEndedAt is { } effects)
        {
            marks.Add(new ChartMark(effects, null));
        }

        return new HookChart(
            series,
            context.FirstRedAt,
            [.. marks.Where(m => m.At >= series.From && m.At <= series.To)],
            zone
        );
    }
}

/// <summary>An instant that is marked.</summary>
/// <param name="Change">What was changed then; null when the run's own effects were through.</param>
public sealed record ChartMark(DateTimeOffset At, ChangeBefore? Change);
