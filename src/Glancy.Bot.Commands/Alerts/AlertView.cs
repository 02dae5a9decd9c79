using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Sops;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Alerts;

namespace Glancy.Bot.Commands.Alerts;

/// <summary>
/// An alert group with the three columns of its SOP (§5.2): what is seen, what is done, what must be good again.
/// </summary>
internal static class AlertView
{
    /// <summary>Shows every alert.</summary>
    public const int Everything = int.MaxValue;

    private const int LongestTitle = 100;

    /// <param name="most">How many alerts are named; the others are counted.</param>
    public static Page Page(AlertDetails details, int most, Names names)
    {
        var words = names.Words;
        var (group, sop) = (details.Group, details.Sop);
        List<Block> blocks = [new Block.Facts(Facts(details, names)), .. Alerts(details, most, words)];
        if (sop is not null)
        {
            blocks.AddRange([new Block.Heading(words["alert.detect"]), AlertColumns.Detect(sop, group, names)]);
            blocks.AddRange([new Block.Heading(words["alert.act"]), SopActs.Steps(sop, names)]);
            blocks.AddRange([new Block.Heading(words["alert.verify"]), AlertColumns.Verify(sop, group, names)]);
        }
        else
        {
            blocks.Add(new Block.Paragraph(words["alert.no-sop"]));
        }

        blocks.Add(new Block.Actions(Actions(details, names)));
        return new Page(words.Say("alert.title", group.Name, Called(group, names), State(group, words)), blocks)
        {
            Foot = words.Zone(),
            Whole = $"glancy alert show {group.Name}",
        };
    }

    /// <summary>The SOP's title, or what the alerts are called.</summary>
    public static Text Called(AlertGroup group, Names names)
    {
        return names.Runbook.Alerts.Find(group.Labels) is { } sop ? names.In(sop.Title)
            : group.Called.Length == 0 ? names.Words["alert.nameless"]
            : group.Called;
    }

    /// <summary>Fires, over, or over and verified.</summary>
    public static Text State(AlertGroup group, Phrasebook words)
    {
        return group.ResolvedAt is null ? Fires(group.UnknownSince, words)
            : group.VerifiedAt is null ? words["alert.resolved"].In(Tone.Warn)
            : words["alert.verified"].In(Tone.Good);
    }

    private static Text Fires(DateTimeOffset? unknownSince, Phrasebook words) =>
        (
            unknownSince is { } since
                ? words.Say("alert.firing-unknown", TimeText.Minute(since))
                : words["alert.firing"]
        ).In(Tone.Bad);

    private static List<Fact> Facts(AlertDetails details, Names names)
    {
        var words = names.Words;
        var (group, sop) = (details.Group, details.Sop);
        var facts = new List<Fact> { new(words["alert.since"], TimeText.Day(group.OpenedAt)) };
        if (group.ResolvedAt is { } ended)
        {
            facts.Add(new Fact(words["alert.ended"], TimeText.Day(ended)));
        }

        if (group.VerifiedAt is { } verified)
        {
            facts.Add(new Fact(words["alert.verified-at"], TimeText.Day(verified)));
        }

        if (sop is not null)
        {
            facts.Add(new Fact(words["alert.severity"], words.Of("severity", sop.Severity)));
            facts.Add(new Fact(words["alert.section"], words.Say("refusal.runbook-section", "§" + sop.Section)));
            if (names.Runbook.Dashboards.TryGetValue(sop.Dashboard, out var dashboard))
            {
                facts.Add(
                    new Fact(
                        words["alert.dashboard"],
                        words.Say("alert.link", names.In(dashboard.Name), dashboard.Url.AbsoluteUri)
                    )
                );
            }
        }

        if (details.Silence is { } silence)
        {
            facts.Add(
                new Fact(
                    words["alert.silence"],
                    words.Say(
                        silence.State == SilenceState.Asked ? "alert.silence-asked" : "alert.silence-until",
                        TimeText.Minute(silence.EndsAt),
                        names.Person(silence.Person),
                        silence.Reason
                    )
                )
            );
        }

        return facts;
    }

    // What they have in common is told once; each is named by what is its own.
    private static IEnumerable<Block> Alerts(AlertDetails details, int most, Phrasebook words)
    {
        var group = details.Group;
        var common = group.Labels;
        if (common.Count > 0)
        {
            yield return new Block.Facts([new Fact(words["alert.labels"], Pairs(common))]);
        }

        var shown = details.Alerts.Take(most).ToList();
        if (shown.Count > 0)
        {
            yield return new Block.Table(
                [
                    words["alert.column.one"],
                    words["alert.column.state"],
                    words["alert.column.since"],
                    words["alert.column.says"],
                ],
                [
                    .. shown.Select(a =>
                        (IReadOnlyList<Text>)
                            [
                                Own(a, common, words),
                                a.Firing ? Fires(a.UnknownSince, words) : words["alert.resolved"],
                                a.StartsAt == AlertFact.Undated ? words["alert.undated"] : TimeText.Minute(a.StartsAt),
                                a.Annotations.GetValueOrDefault("summary")
                                    ?? a.Annotations.GetValueOrDefault("description")
                                    ?? (details.Sop is null ? Pairs(a.Annotations).Plain : ""),
                            ]
                    ),
                ]
            );
        }

        var more = group.Firing + group.Resolved - shown.Count;
        if (more > 0)
        {
            yield return new Block.Paragraph(words.Say("alert.more", Text.FromInt64(more)));
        }

        if (group.UnknownSince is not null)
        {
            yield return new Block.Paragraph(words["alert.unknown-why"].In(Tone.Warn));
        }

        if (group.Truncated > 0)
        {
            yield return new Block.Paragraph(
                words.Say("alert.truncated", Text.FromInt64(group.Truncated)).In(Tone.Warn)
            );
        }
    }

    private static Text Own(AlertRow alert, IReadOnlyDictionary<string, string> common, Phrasebook words)
    {
        var own = alert.Labels.Where(l => common.GetValueOrDefault(l.Key) != l.Value).ToDictionary();
        return own.Count > 0
            ? Pairs(own)
            : alert.Labels.GetValueOrDefault("alertname") ?? words["alert.nameless"].Plain;
    }

    private static Text Pairs(IReadOnlyDictionary<string, string> pairs) =>
        string.Join("  ", pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));

    private static List<NextStep> Actions(AlertDetails details, Names names)
    {
        var words = names.Words;
        var (group, sop) = (details.Group, details.Sop);
        List<NextStep> actions = [.. sop is null ? [] : SopActs.Buttons(sop, names)];
        if (group.ResolvedAt is null)
        {
            actions.Add(
                new NextStep(
                    words["alert.do-incident"],
                    $"glancy incident open "
                        + $"{SeverityName.Of(sop?.Severity ?? Glancy.Runbook.Escalation.Severity.Sev3)} "
                        + $"\"{group.Name} {Title(Called(group, names).Plain)}\"",
                    Changes: true
                )
            );
        }

        actions.Add(
            details.Silence is null
                ? new NextStep(
                    words["alert.do-silence"],
                    $"glancy alert silence {group.Name} --for 2h --reason ...",
                    Changes: true
                )
                {
                    Weight = Weight.Aside,
                }
                : new NextStep(words["alert.do-unsilence"], $"glancy alert unsilence {group.Name}", Changes: true)
        );
        actions.Add(new NextStep(words.Say("alert.show", group.Name), $"glancy alert show {group.Name}"));
        return actions;
    }

    // From outside, and on its way into a command: nothing that ends the quotation, and nothing that would have to be
    // filled in.
    private static string Title(string called)
    {
        var plain = string.Concat(
                Text.Harmless(called)
                    .Where(c =>
                        c
                            is not (
                                '"'
                                or '“'
                                or '”'
                                or '„'
                                or '‟'
                                or '″'
                                or '＂'
                                or '「'
                                or '」'
                                or '『'
                                or '』'
                                or '\\'
                            )
                    )
            )
            .Replace("...", "…", StringComparison.Ordinal);
        return plain.Length <= LongestTitle ? plain : plain[..LongestTitle];
    }
}
