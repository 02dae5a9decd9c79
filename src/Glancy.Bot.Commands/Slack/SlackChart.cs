using Glancy.Bot.Commands.Hooks.Chart;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Words;
using Glancy.Slack.Blocks;

namespace Glancy.Bot.Commands.Slack;

/// <summary>A picture that Slack has, and what it shows.</summary>
/// <param name="File">Slack's id of it.</param>
public sealed record SlackChart(string File, HookChartFacts Facts)
{
    /// <summary>
    /// The message with the picture below everything that can be pressed: one that comes late must not move a button
    /// under a finger.
    /// </summary>
    public static SlackShown Under(SlackShown shown, SlackChart? chart, Names names, PageMask mask)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(mask);
        if (chart is null)
        {
            return shown;
        }

        var picture = new ImageBlock(
            null,
            SlackText.Cut(mask.Of(HookChartWords.Description(chart.Facts, names)).Plain, Limits.AltText),
            new PlainText(SlackText.Cut(mask.Of(HookChartWords.Title(chart.Facts, names)).Plain, Limits.AltText)),
            SlackFile: new SlackFile(chart.File)
        );
        var foot = shown.Blocks is [.., ContextBlock last] ? last : null;
        var fitting = SlackFit.Into(shown.Blocks, Limits.MessageBlocks - 1);
        return shown with
        {
            Blocks =
            [
                .. fitting.SkipLast(foot is null ? 0 : 1),
                picture,
                .. foot is null ? Array.Empty<Block>() : [foot],
            ],
        };
    }
}
