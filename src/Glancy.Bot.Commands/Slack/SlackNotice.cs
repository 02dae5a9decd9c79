using Glancy.Bot.Commands.Episodes;
using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Output;
using Glancy.Ops.Watching;
using Glancy.Runbook.People;
using Glancy.Slack.Blocks;
using SlackBlock = Glancy.Slack.Blocks.Block;

namespace Glancy.Bot.Commands.Slack;

/// <summary>
/// What a notice looks like in the channel: the card of a run, a post, or a page that mentions who has to look.
/// </summary>
public static class SlackNotice
{
    private const string RunEnded = "run-ended";

    /// <summary>
    /// A card: the run as it stands. While it waits for a confirmation, who may give it is mentioned.
    /// </summary>
    /// <param name="beside">What there is to tell beside a run that has ended; null for nothing.</param>
    public static SlackShown Card(Run run, Confirmers? confirmers, Names names, PageMask mask, RunBeside? beside = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(names);
        var page = mask.Of(RunCard.Page(run, confirmers, names, beside ?? RunBeside.Nothing));
        var shown = SlackPage.Render(page, [], names.Words);

        // A draft that nobody on duty stands behind is there to be read; it wakes nobody.
        var may = confirmers is null or { StoodBehind: false }
            ? []
            : confirmers
                .Roles.SelectMany(r => r.Holders)
                .Concat(confirmers.StandIns)
                .DistinctBy(p => p.Id)
                .Where(p => run.Confirmations.All(c => c.Person != p.Id))
                .ToList();
        return run.Open && Mentions(may) is { Length: > 0 } mentions
            ? Above(
                shown,
                SlackText.Escape(names.Words["slack.may-confirm"].Plain) + mentions,
                SlackPage.Next(page, names.Words)
            )
            : shown;
    }

    /// <summary>The card of something else.</summary>
    /// <param name="before">Where the card before it stands; null where there is none.</param>
    public static SlackShown Card(NoticeCard card, Uri? before, Names names, PageMask mask)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(mask);
        var page = mask.Of(card.Page);
        var shown = SlackPage.Render(page, [], names.Words);
        if (before is not null)
        {
            shown = shown with
            {
                Blocks =
                [
                    .. SlackFit.Into(shown.Blocks, Limits.MessageBlocks - 1),
                    new ContextBlock([new Mrkdwn(SlackText.Link(before, names.Words["slack.before"].Plain))]),
                ],
            };
        }

        return Mentions(card.For) is { Length: > 0 } mentions
            ? Above(
                shown,
                SlackText.Escape(names.Words["slack.page-for"].Plain) + mentions,
                SlackPage.Next(page, names.Words)
            )
            : shown;
    }

    /// <summary>A post or a page in words.</summary>
    /// <param name="run">The run it speaks of; null for none.</param>
    /// <param name="wake">Whom a page is for.</param>
    /// <param name="doubled">It may have been posted once already, and nobody can tell.</param>
    public static SlackShown Words(
        Notice notice,
        Run? run,
        IReadOnlyList<Person> wake,
        bool doubled,
        Names names,
        PageMask mask
    )
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(names);
        var words = names.Words;
        var said = NoticesView.Words(notice, names);
        if (doubled)
        {
            said += " " + words["slack.doubled"];
        }

        if (Handled(notice, run, names) is { } now)
        {
            said += " " + now;
        }

        var blocks = new List<Pages.Block>();
        if (notice.Kind == "page" && run is not null && Asks(run))
        {
            var steps = RunActions.Of(run, names, null);
            blocks.Add(
                new Pages.Block.Actions([
                    new NextStep(words.Say("slack.show", run.Name), $"glancy run show {run.Name}"),
                    .. run.Open ? [] : steps.Where(s => s.Changes),
                ])
            );
        }

        if (IncidentCallSteps.Of(notice, words) is { Count: > 0 } calls)
        {
            blocks.Add(new Pages.Block.Actions(calls));
        }

        if (notice.Template == NobodysLights.Template)
        {
            blocks.Add(
                new Pages.Block.Actions([
                    EpisodeView.Step(notice.Arguments.GetValueOrDefault("batch"), words),
                    new NextStep(words["status.see-hooks"], "glancy hk"),
                ])
            );
        }

        if (notice.Kind == RunOutputs.Kind)
        {
            said = words.Say(
                "slack.output",
                notice.Arguments["run"],
                notice.Arguments["step"],
                notice.Arguments["attempt"]
            );
            blocks.Add(
                new Pages.Block.Code([
                    .. notice
                        .Arguments["output"]
                        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        .Select(line => (Text)line),
                ])
            );
        }

        var mark = notice.Kind is "page" or "direct" ? words["slack.call"] + " " : Text.Empty;
        var shown = SlackPage.Sentence(mask.Of(new Page(mark + said, blocks)), words);
        return notice.Kind == "page" && Mentions(wake) is { Length: > 0 } mentions
            ? Above(shown, SlackText.Escape(words["slack.page-for"].Plain) + mentions, "")
            : shown;
    }

    /// <summary>The message goes on with an older one that can no longer be changed.</summary>
    /// <param name="older">Where that one stands; null where it stands no more.</param>
    public static SlackShown Continued(SlackShown shown, Uri? older, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(words);
        var said = words["slack.continues"].Plain;
        return shown with
        {
            Blocks =
            [
                .. SlackFit.Into(shown.Blocks, Limits.MessageBlocks - 1),
                new ContextBlock([new Mrkdwn(older is null ? SlackText.Escape(said) : SlackText.Link(older, said))]),
            ],
        };
    }

    /// <summary>Said in the card's thread and in the channel; without, in the thread alone.</summary>
    public static bool IsBroadcast(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Kind != RunOutputs.Kind && notice.Template != RunEnded && notice.Under is null;
    }

    // What has become of what a page asks for; null as long as it still asks.
    private static Text? Handled(Notice notice, Run? run, Names names) =>
        notice.Handled is var (by, at) ? names.Words.Say("slack.handled", names.Person(by), TimeText.Time(at))
        : notice is { Kind: "page", Revision: > 1 } && run is not null && !Asks(run)
            ? names.Words.Say("slack.page-now", RunWords.State(run, names.Words))
        : null;

    // It waits for people.
    private static bool Asks(Run run) => run.Open || run.State == RunState.Paused;

    private static string Mentions(IEnumerable<Person> persons) =>
        string.Join(
            ' ',
            persons
                .Select(p => p.Slack)
                .OfType<string>()
                .Where(id => id.Length > 0 && id.All(char.IsAsciiLetterOrDigit))
                .Select(SlackText.User)
        );

    // Whoever is mentioned reads why in the same breath: a desktop's notification takes its words from the first block.
    // Of the line only Slack's own mark-up, and nothing from outside.
    private static SlackShown Above(SlackShown shown, string line, string next)
    {
        var title =
            shown.Blocks is [HeaderBlock header, ..] ? $"*{SlackText.Escape(header.Text.Text)}*"
            : shown.Blocks is [SectionBlock { Text: Mrkdwn sentence, Accessory: null }, ..] ? sentence.Text
            : "";
        var first = string.Join('\n', ((string[])[line, title, next]).Where(l => l.Length > 0));
        var fits = title.Length > 0 && Limits.Length(first) <= Limits.SectionText;
        var rest = SlackFit.Into(fits ? [.. shown.Blocks.Skip(1)] : shown.Blocks, Limits.MessageBlocks - 1);
        return new SlackShown(
            SlackText.Cut(line + "\n" + shown.Text, Limits.UpdateText),
            [(SlackBlock)new SectionBlock(new Mrkdwn(SlackText.Cut(first, Limits.SectionText))), .. rest]
        );
    }
}
