using Glancy.Bot.Commands.Hooks.Chart;
using SkiaSharp;

namespace Glancy.Bot.Commands.Tests.Hooks.Chart;

public class HookChartDrawingTests
{
    public static TheoryData<string, int> Measures
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var hook in RunbookOnDisk.Content.Hooks)
            {
                for (var i = 0; i < hook.Measures.Count; i++)
                {
                    all.Add(hook.Id, i);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Measures))]
    public void Every_measure_of_every_hook_can_be_drawn(string hook, int index)
    {
        var png = Draw(
            Charts.Of(Charts.Series(hook, Charts.Turning(Charts.Measure(hook, index)), index), Charts.Promote)
        );

        Keep($"{hook}-{index}", png);
        using var picture = SKBitmap.Decode(png);
        Assert.Equal((HookChartDrawing.Width, HookChartDrawing.Height), (picture.Width, picture.Height));
        Assert.InRange(png.Length, 2_000, 100_000);
    }

    [Fact]
    public void The_same_data_give_the_same_picture()
    {
        var chart = Charts.Of(Charts.Series("HK-01", Charts.Turning(Charts.Measure("HK-01"))), Charts.Promote);

        Assert.Equal(Draw(chart), Draw(chart));
    }

    private static byte[] Draw(HookChart chart) =>
        HookChartDrawing.Png(chart) ?? throw new InvalidOperationException("this host has no font");

    private static void Keep(string name, byte[] png)
    {
        // For whoever wants to look at it; left out where nobody asked.
        if (Environment.GetEnvironmentVariable("GLANCY_PICTURES") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, $"chart-{name}.png"), png);
        }
    }
}
