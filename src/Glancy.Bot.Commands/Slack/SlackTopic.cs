using Glancy.Bot.Commands.Episodes;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Watching;
using Glancy.Slack.Blocks;

namespace Glancy.Bot.Commands.Slack;

/// <summary>
/// The channel's topic: what is red, where the train is, who is on call. How long ago or ahead is left out, so that it
/// changes only when something does.
/// </summary>
public static class SlackTopic
{
    private const int Longest = 250;

    /// <param name="release">Null when it is unknown, which is said.</param>
    public static string Of(
        IReadOnlyList<RedLight> red,
        ReleaseStatus? release,
        Freeze? freeze,
        DutyOutlook duty,
        Phrasebook words
    )
    {
        ArgumentNullException.ThrowIfNull(red);
        ArgumentNullException.ThrowIfNull(duty);
        ArgumentNullException.ThrowIfNull(words);
        var parts = new List<string>
        {
            EpisodeView.Line(red, words).Plain,
            release is null ? words["slack.topic-release-unknown"].Plain
            : release is { Batch: not null, Weight: > 0 }
                ? string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{release.Batch} {release.Weight} %"
                )
            : words["slack.topic-no-batch"].Plain,
        };
        if (freeze is not null)
        {
            parts.Add(words["slack.topic-frozen"].Plain);
        }

        parts.Add(words.Say("slack.topic-oncall", string.Join(" / ", duty.Now.FirstCalled.Select(p => p.Name))).Plain);
        if (duty.NextCalled is var (at, called))
        {
            // An instant and not how long until then, so the topic still changes only when duty does.
            parts.Add(
                words.Say("slack.topic-next", TimeText.Clock(at), string.Join(" / ", called.Select(p => p.Name))).Plain
            );
        }

        return SlackText.Cut(SlackText.Escape(string.Join(" · ", parts)), Longest);
    }
}
