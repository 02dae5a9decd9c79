using System.Globalization;
using Glancy.Ops.Hooks.History;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Hooks.Chart;

/// <summary>A number on an axis and where it stands.</summary>
internal sealed record ChartTick(double At, string Label);

/// <summary>From where to where a picture goes, and what is written beside it. Pure.</summary>
/// <param name="Right">In minutes; the left end is 0.</param>
internal sealed record HookChartScale(
    double Right,
    double Bottom,
    double Top,
    IReadOnlyList<ChartTick> Times,
    IReadOnlyList<ChartTick> Values
)
{
    private const double Margin = 0.12;

    // Numbers of marks stand above the line, not on it.
    private const double Head = 0.3;
    private const int Steps = 4;
    private static readonly int[] Minutes = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360];

    /// <summary>All values and both limits fit in.</summary>
    public static HookChartScale Of(HookChart chart)
    {
        var series = chart.Series;
        var measure = series.Measure;
        var shown = series
            .Points.Select(p => p.Value)
            .OfType<double>()
            .Append(measure.Red.Limit)
            .Concat(measure.Yellow is { } yellow ? [yellow.Limit] : [])
            .ToList();
        var (low, high) = (shown.Min(), shown.Max());

        // A flat line still needs a picture around it.
        var span = Math.Max(high - low, Math.Max(Math.Abs(high) * 0.001, 1e-9));
        var (bottom, top) = (low - (span * Margin), high + (span * (chart.Marks.Count > 0 ? Head : Margin)));
        var most = measure.Unit == Unit.Percent && high <= 1 ? 1 : top;
        return new HookChartScale(
            (series.To - series.From).TotalMinutes,
            bottom,
            top,
            TimesOf(series, chart.Zone),
            ValuesOf(Math.Max(bottom, Math.Min(low, 0)), Math.Min(top, most), measure.Unit)
        );
    }

    // On the clock's own round minutes.
    private static List<ChartTick> TimesOf(HookSeries series, TimeZoneInfo zone)
    {
        var span = (series.To - series.From).TotalMinutes;
        var every = Minutes.FirstOrDefault(m => span / m <= Steps + 1, 720);
        var from = TimeZoneInfo.ConvertTime(series.From, zone);
        var midnight = from - from.TimeOfDay;
        var ticks = new List<ChartTick>();
        for (
            var minute = (int)Math.Ceiling(from.TimeOfDay.TotalMinutes / every) * every;
            midnight.AddMinutes(minute) <= series.To;
            minute += every
        )
        {
            var at = midnight.AddMinutes(minute);
            ticks.Add(
                new ChartTick((at - series.From).TotalMinutes, at.ToString("HH:mm", CultureInfo.InvariantCulture))
            );
        }

        return ticks;
    }

    private static List<ChartTick> ValuesOf(double bottom, double top, Unit unit)
    {
        var rough = (top - bottom) / Steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step =
            power
            * (
                (rough / power) switch
                {
                    <= 1 => 1,
                    <= 2 => 2,
                    <= 5 => 5,
                    _ => 10,
                }
            );
        var ticks = new List<ChartTick>();
        for (var i = Math.Ceiling((bottom - (step * 1e-6)) / step); (i * step) <= top + (step * 1e-6); i++)
        {
            ticks.Add(new ChartTick(i * step, Threshold.Format(i * step, unit)));
        }

        return ticks;
    }
}
