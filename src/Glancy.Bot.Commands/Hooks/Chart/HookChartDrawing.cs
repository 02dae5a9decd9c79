using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace Glancy.Bot.Commands.Hooks.Chart;

/// <summary>
/// Draws a hook as a picture that is still read at half its size on a phone. Only digits, units and ids are written in
/// it, since the fonts of a host may know nothing else. What is red is thick and filled, so that nobody needs the
/// colour.
/// </summary>
public static class HookChartDrawing
{
    public const int Width = 800;
    public const int Height = 400;
    private const float Letters = 29;

    private static readonly Color Ink = Color.FromHex("#1d1c1d");
    private static readonly Color Line = Color.FromHex("#1264a3");
    private static readonly Color Red = Color.FromHex("#b3123a");
    private static readonly Color Yellow = Color.FromHex("#8a6100");

    // Letters without serifs where the host has some; each has the digits, the Latin letters and the signs that are
    // written here.
    private static readonly string[] Wanted =
    [
        "DejaVu Sans",
        "Noto Sans",
        "Liberation Sans",
        "Open Sans",
        "Arial",
        "Noto Sans CJK SC",
    ];

    /// <summary>
    /// The picture as PNG; null on a host without any font. The same data give the same picture on the same host.
    /// </summary>
    public static byte[]? Png(HookChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        if (Font() is not { } font)
        {
            return null;
        }

        var scale = HookChartScale.Of(chart);
        using var plot = new Plot();
        plot.Font.Set(font);
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        Axes(plot, chart, scale);
        Limits(plot, chart, scale);
        Values(plot, chart);
        Marks(plot, chart, scale, font);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static void Values(Plot plot, HookChart chart)
    {
        var red = chart.Series.Measure.Red;
        var beyond = HookChartLine.Beyond(chart.Series, red);
        foreach (var piece in beyond)
        {
            var area = plot.Add.FillY(
                piece.Xs.ToArray(),
                piece.Ys.ToArray(),
                piece.Xs.Select(_ => red.Limit).ToArray()
            );
            area.FillColor = Red.WithAlpha(.25);
            area.LineWidth = 0;
        }

        foreach (var piece in HookChartLine.Known(chart.Series))
        {
            Draw(plot, piece, Line, 4);
        }

        foreach (var piece in beyond)
        {
            Draw(plot, piece, Red, 10);
        }
    }

    // A value alone between two gaps is no line; it is seen all the same.
    private static void Draw(Plot plot, ChartPiece piece, Color color, float width)
    {
        var line = plot.Add.Scatter(piece.Xs.ToArray(), piece.Ys.ToArray(), color);
        line.LineWidth = width;
        line.MarkerSize = piece.Xs.Count == 1 ? width * 2 : 0;
    }

    private static void Limits(Plot plot, HookChart chart, HookChartScale scale)
    {
        var measure = chart.Series.Measure;
        var labels = new List<ChartTick> { new(measure.Red.Limit, measure.Red.ToString()) };
        plot.Add.HorizontalLine(measure.Red.Limit, 3, Red, LinePattern.Solid);
        if (measure.Yellow is { } yellow)
        {
            plot.Add.HorizontalLine(yellow.Limit, 3, Yellow, LinePattern.Dashed);

            // Two labels need room for two.
            if (Math.Abs(yellow.Limit - measure.Red.Limit) > (scale.Top - scale.Bottom) * 0.09)
            {
                labels.Add(new ChartTick(yellow.Limit, yellow.ToString()));
            }
        }

        Write(plot.Axes.Right, labels);
        plot.Axes.Right.TickLabelStyle.Bold = true;
    }

    private static void Marks(Plot plot, HookChart chart, HookChartScale scale, string font)
    {
        for (var i = 0; i < chart.Marks.Count; i++)
        {
            var at = (chart.Marks[i].At - chart.Series.From).TotalMinutes;
            plot.Add.VerticalLine(at, 3, Ink, LinePattern.Dotted);
            var number = plot.Add.Text((i + 1).ToString(CultureInfo.InvariantCulture), at, scale.Top);
            number.LabelFontName = font;
            number.LabelFontSize = Letters;
            number.LabelFontColor = Colors.White;
            number.LabelBackgroundColor = Ink;
            number.LabelBold = true;
            number.LabelPadding = 6;
            number.LabelOffsetY = 8;
            number.LabelAlignment = Alignment.UpperCenter;
        }
    }

    private static void Axes(Plot plot, HookChart chart, HookChartScale scale)
    {
        plot.Axes.SetLimits(0, scale.Right, scale.Bottom, scale.Top);
        plot.Axes.SetLimitsY(scale.Bottom, scale.Top, plot.Axes.Right);
        Write(plot.Axes.Left, scale.Values);
        Write(plot.Axes.Bottom, scale.Times);
        plot.Grid.MajorLineColor = Ink.WithAlpha(.12);
        plot.Title($"{chart.Series.Hook}  {chart.Series.Measure.Id}", Letters);
    }

    private static string? Font()
    {
        var there = SKFontManager.Default.FontFamilies.ToList();
        return Wanted.FirstOrDefault(there.Contains) ?? (there is [var any, ..] ? any : null);
    }

    private static void Write(IAxis axis, IReadOnlyList<ChartTick> ticks)
    {
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. ticks.Select(t => t.At)],
            [.. ticks.Select(t => t.Label)]
        );
        axis.TickLabelStyle.FontSize = Letters;
        axis.TickLabelStyle.ForeColor = Ink;
    }
}
