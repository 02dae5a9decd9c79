using Glancy.Ops.Hooks.History;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Hooks.Chart;

/// <summary>A piece of a line without a gap in it.</summary>
/// <param name="Xs">Minutes since the picture begins.</param>
/// <param name="Ys">Values in the base unit.</param>
internal sealed record ChartPiece(IReadOnlyList<double> Xs, IReadOnlyList<double> Ys);

/// <summary>A series as pieces of line: where a value is missing nothing is drawn. Pure.</summary>
internal static class HookChartLine
{
    /// <summary>All that is known.</summary>
    public static IReadOnlyList<ChartPiece> Known(HookSeries series)
    {
        return Pieces(series, (_, _) => [], _ => true);
    }

    /// <summary>What lies beyond a limit, cut where the line crosses it.</summary>
    public static IReadOnlyList<ChartPiece> Beyond(HookSeries series, Threshold limit)
    {
        return Pieces(series, Crossing, limit.Holds);

        IReadOnlyList<(double X, double Y)> Crossing((double X, double Y) a, (double X, double Y) b) =>
            [(a.X + ((limit.Limit - a.Y) / (b.Y - a.Y) * (b.X - a.X)), limit.Limit)];
    }

    private static List<ChartPiece> Pieces(
        HookSeries series,
        Func<(double X, double Y), (double X, double Y), IReadOnlyList<(double X, double Y)>> crossing,
        Func<double, bool> belongs
    )
    {
        var pieces = new List<ChartPiece>();
        var open = new List<(double X, double Y)>();
        (double X, double Y)? before = null;
        foreach (var point in series.Points)
        {
            if (point.Value is not { } value)
            {
                Close();
                before = null;
                continue;
            }

            var here = ((point.At - series.From).TotalMinutes, value);
            if (before is { } last && belongs(last.Y) != belongs(value))
            {
                open.AddRange(crossing(last, here));
            }

            if (belongs(value))
            {
                open.Add(here);
            }
            else
            {
                Close();
            }

            before = here;
        }

        Close();
        return pieces;

        void Close()
        {
            if (open.Count > 0)
            {
                pieces.Add(new ChartPiece([.. open.Select(p => p.X)], [.. open.Select(p => p.Y)]));
                open.Clear();
            }
        }
    }
}
