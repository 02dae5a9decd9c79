using Glancy.Bot.Commands.Episodes;
using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Releases;
using Glancy.Bot.Commands.Roster;
using Glancy.Bot.Commands.Runbook;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Status;

/// <summary>
/// The whole picture: what is wrong first, then the train, what is under way, what is changed, who is there.
/// </summary>
internal static class StatusView
{
    /// <summary>How many of a kind are listed; all are counted.</summary>
    public const int Listed = 10;

    private static readonly string[] Shown = ["primary", "secondary", "release-manager"];

    public static Page Page(Overview overview, Names names)
    {
        var words = names.Words;
        var blocks = new List<Block> { new Block.Facts(Facts(overview, names)) };
        if (overview.Runs.Count > 0)
        {
            blocks.Add(new Block.Heading(words["status.runs"]));
            blocks.Add(RunListView.Table([.. overview.Runs.Take(Listed)], names));
            blocks.AddRange(
                More(overview.Runs.Count, "glancy run list", words).Select(more => new Block.Paragraph(more))
            );
        }

        if (overview.Leases.Count > 0)
        {
            blocks.Add(new Block.Heading(words["status.leases"]));
            blocks.Add(
                new Block.Table(
                    [
                        words["status.column.switch"],
                        words["status.column.change"],
                        words["status.column.owner"],
                        words["status.column.since"],
                    ],
                    [
                        .. overview
                            .Leases.Take(Listed)
                            .Select(l =>
                                (IReadOnlyList<Text>)
                                    [
                                        names.Controlled(l.Target),
                                        words.Say("page.arrow", l.Prior, l.Value),
                                        names.Person(l.Owner),
                                        TimeText.Minute(l.Since),
                                    ]
                            ),
                    ]
                )
            );
            blocks.AddRange(
                More(overview.Leases.Count, "glancy lease list", words).Select(more => new Block.Paragraph(more))
            );
        }

        var waiting = Waiting.Of(overview);
        var next = new List<NextStep>();
        if (waiting.Lights.Count > 0)
        {
            next.Add(
                EpisodeView.Step(
                    overview.Release is { } release && release.CanGoBack(overview.Hooks.At) ? release.Batch : null,
                    words
                )
            );
        }

        if (overview.Incidents.Count > 0)
        {
            next.Add(
                new NextStep(
                    words.Say("status.see-incident", overview.Incidents[0].Id),
                    $"glancy incident show {overview.Incidents[0].Id}"
                )
            );
        }

        if (waiting.Runs.Count > 0)
        {
            next.Add(
                new NextStep(
                    words.Say("status.see-run", waiting.Runs[0].Name),
                    $"glancy run show {waiting.Runs[0].Name}"
                )
            );
        }

        if (waiting.Handover is not null)
        {
            next.Add(new NextStep(words["status.see-handover"], "glancy handover show"));
        }

        if (overview.Hooks.Worst != Light.Green)
        {
            next.Add(new NextStep(words["status.see-hooks"], "glancy hk"));
        }

        if (overview.Versions is { Calm: false })
        {
            next.Add(new NextStep(words["status.see-runbook"], "glancy runbook status"));
        }

        if (next.Count > 0)
        {
            blocks.Add(new Block.Actions(next));
        }

        return new Page(Title(overview, words), blocks) { Foot = words.Zone(), Whole = "glancy status" };
    }

    private static Text Title(Overview overview, Phrasebook words)
    {
        var waiting = Waiting.Of(overview).Count;
        var calm =
            Worst(overview) == Light.Green
            && overview.Release is not null
            && overview.Freeze is null
            && overview.Red.Count == 0
            && overview.Incidents.Count == 0
            && waiting == 0
            && overview.Versions is not { Calm: false }
            && overview.GivenUp == 0;
        if (calm)
        {
            return words.Say("status.title-calm", TimeText.Moment(overview.Hooks.At));
        }

        // A Sev-1 that is open is the first thing to say, and no light makes it green.
        var sev1 = overview
            .Incidents.Where(i => i.Severity == Severity.Sev1)
            .Select(i => words.Say("page.in-brackets", i.Id, ((Text)i.Level).In(Tone.Bad)))
            .ToList();
        if (sev1.Count > 0)
        {
            return words.Say(
                "status.title-sev1",
                TimeText.Moment(overview.Hooks.At),
                Lights(overview, words),
                Text.FromInt64(waiting),
                words.List(sev1)
            );
        }

        var title = words.Say(
            "status.title",
            TimeText.Moment(overview.Hooks.At),
            Lights(overview, words),
            Text.FromInt64(waiting)
        );
        return overview.Incidents is [var gravest, ..]
            ? title + words["page.sentence-separator"] + words.Say("status.title-incident", gravest.Id, gravest.Level)
            : title;
    }

    private static List<Fact> Facts(Overview overview, Names names)
    {
        var words = names.Words;
        var facts = new List<Fact> { new(words["status.hooks"], Hooks(overview, names)) };
        facts.AddRange(
            overview
                .Incidents.Take(Listed)
                .Select(i => new Fact(words["status.incident"], IncidentListView.Line(i, names)))
        );
        facts.AddRange(
            More(overview.Incidents.Count, "glancy incident list", words)
                .Select(more => new Fact(words["status.incident"], more))
        );
        facts.AddRange(
            overview.Red.Select(l => new Fact(
                l.Nobodys ? words["episode.nobodys-label"].In(Tone.Bad) : words["episode.label"],
                EpisodeView.Sentence(l, names)
            ))
        );
        if (Waiting.Of(overview).Items(names) is { Count: > 0 } waits)
        {
            facts.Add(
                new Fact(
                    words["status.waits"],
                    Text.Join(
                        words["page.item-separator"],
                        [.. waits.Take(Listed), .. More(waits.Count, "glancy status --json", words)]
                    )
                )
            );
        }

        facts.Add(new Fact(words["status.release"], Release(overview, words)));
        facts.Add(
            new Fact(
                words["release.freeze-label"],
                overview.Freeze is { } freeze ? ReleaseStatusView.Freeze(freeze, names) : words["release.not-frozen"]
            )
        );
        if (overview.Versions is { Calm: false } versions)
        {
            facts.Add(new Fact(words["status.runbook"], RunbookStatusView.Trouble(versions, words)));
        }

        if (overview.GivenUp > 0)
        {
            var command = ((Text)"glancy deadletters list").In(Tone.Code);
            var count = words.Say("status.given-up-count", Text.FromInt64(overview.GivenUp), command);
            facts.Add(new Fact(words["status.given-up"], count));
        }

        if (overview.Runs.Count == 0)
        {
            facts.Add(new Fact(words["status.runs"], words["run.list-none-open"]));
        }

        if (overview.Leases.Count == 0)
        {
            facts.Add(new Fact(words["status.leases"], words["status.no-leases"]));
        }

        facts.Add(
            new Fact(
                words["status.shift"],
                words.Say(
                    "status.shift-of",
                    names.In(overview.OnCall.Shift.Name),
                    TimeText.Minute(overview.OnCall.ShiftEnd)
                )
            )
        );
        facts.AddRange(
            Shown
                .Where(names.Runbook.Roles.ContainsKey)
                .Select(role => new Fact(
                    names.Role(role),
                    DutyText.Holders(
                        role,
                        names.Persons(overview.OnCall.Holders.GetValueOrDefault(role, [])),
                        overview.Changes,
                        names
                    )
                ))
        );
        return facts;
    }

    private static Text Hooks(Overview overview, Names names)
    {
        var words = names.Words;
        var notGreen = overview.Hooks.Hooks.Where(h => h.Light != Light.Green).OrderByDescending(h => h.Light).ToList();
        return notGreen.Count == 0
            ? words.Say("status.all-green", LightWords.Of(Light.Green, words))
            : words.List(notGreen.Select(h => Hook(h, names)));
    }

    private static Text Hook(HookReading hook, Names names)
    {
        var words = names.Words;
        var said = (Text)(hook.Hook.Id + " ") + LightWords.Of(hook.Light, words);
        if (hook.Worst is { Value: not null } worst)
        {
            var which = LightWords.Which(hook, worst, names);
            said =
                said
                + " "
                + (
                    which.IsEmpty
                        ? LightWords.Value(worst)
                        : words.Say("page.in-brackets", LightWords.Value(worst), which)
                );
        }

        return hook.ExplainedBy is null ? said : words.Say("status.explained", said);
    }

    // The worst light that is not our own doing; a green one says what it leaves out.
    private static Text Lights(Overview overview, Phrasebook words)
    {
        var worst = Worst(overview);
        var said = LightWords.Of(worst, words);
        if (worst != Light.Green)
        {
            return said;
        }

        var recovering = overview.Red.Count(l => l.Episode.LastLight != EpisodeLight.Explained);
        var explained = overview.Hooks.Hooks.Count(h => h.ExplainedBy is not null && h.Light != Light.Green);
        said = recovering > 0 ? words.Say("status.light-recovering", said, Text.FromInt64(recovering)) : said;
        return explained > 0 ? words.Say("status.light-explained", said, Text.FromInt64(explained)) : said;
    }

    // What our own switch does is no news.
    private static Light Worst(Overview overview) =>
        overview
            .Hooks.Hooks.Where(h => h.ExplainedBy is null)
            .Select(h => h.Light)
            .DefaultIfEmpty(overview.Hooks.Hooks.Count == 0 ? Light.Unknown : Light.Green)
            .Max();

    private static Text Release(Overview overview, Phrasebook words) =>
        overview switch
        {
            { Release: null, Unknown: { } unknown } => RefusalView.Words(unknown, words),
            { Release: { Batch: { } batch } status } => words.Say(
                "release.title",
                batch,
                TrainText.Weight(status.Weight),
                TrainText.State(status.State, words)
            ),
            _ => words["release.title-none"],
        };

    /// <summary>What is said of those that are not listed; nothing where all are.</summary>
    public static IEnumerable<Text> More(int count, string command, Phrasebook words) =>
        count > Listed ? [words.Say("status.more", Text.FromInt64(count - Listed), ((Text)command).In(Tone.Code))] : [];
}
