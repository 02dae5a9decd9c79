using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// An incident in full: how grave, since when, what was done under it alone, and what is left before it can be closed.
/// </summary>
internal static class IncidentView
{
    public static Page Page(IncidentDetails details, Names names)
    {
        var words = names.Words;
        var incident = details.Incident;
        var blocks = new List<Block> { new Block.Facts(Facts(details, names)) };
        if (details.BreakGlass.Count > 0)
        {
            blocks.Add(new Block.Heading(words["break-glass.label"]));
            blocks.Add(Uses(details.BreakGlass, names));
        }

        if (details.InTheWay.Count > 0)
        {
            blocks.Add(new Block.Heading(words["incident.in-the-way"]));
            blocks.Add(InTheWay(details.InTheWay, words));
        }

        if (incident is { Severity: Severity.Sev1, Closed: null })
        {
            blocks.Add(new Block.Paragraph(words["break-glass.possible"]));
        }

        if (Actions(details, words) is { Count: > 0 } actions)
        {
            blocks.Add(new Block.Actions(actions));
        }

        return new Page(
            words.Say("incident.title", incident.Id, incident.Level, incident.Title, State(incident, words)),
            blocks
        )
        {
            Foot = words.Zone(),
            Whole = $"glancy incident show {incident.Id}",
        };
    }

    /// <summary>The page, with what the red lights say of the severity on top.</summary>
    public static Page With(Page page, SeverityProposal proposed, Phrasebook words)
    {
        return page with
        {
            Blocks =
            [
                new Block.Paragraph(
                    words
                        .Say(
                            "incident.proposed",
                            Incident.LevelOf(proposed.Severity),
                            proposed.Hook,
                            TimeText.Minute(proposed.Since)
                        )
                        .In(Tone.Warn)
                ),
                .. page.Blocks,
            ],
        };
    }

    /// <summary>Each thing that stands in the way of closing, with its way out.</summary>
    public static Block.Table InTheWay(IReadOnlyList<Refusal> reasons, Phrasebook words)
    {
        return new Block.Table(
            [words["incident.column.open"], words["incident.column.next"]],
            [.. reasons.Select(r => (IReadOnlyList<Text>)[RefusalView.Words(r, words), RefusalView.Next(r, words)])]
        );
    }

    /// <summary>Open or closed, with a mark and a word.</summary>
    public static Text State(Incident incident, Phrasebook words)
    {
        return incident.Closed is null ? words["incident.open"].In(Tone.Bad) : words["incident.closed"].In(Tone.Good);
    }

    private static List<Fact> Facts(IncidentDetails details, Names names)
    {
        var words = names.Words;
        var incident = details.Incident;
        var facts = new List<Fact>
        {
            new(words["incident.severity"], words.Of("severity", incident.Severity)),
            new(
                words["incident.opened"],
                words.Say("incident.when-by", TimeText.Day(incident.OpenedAt), names.Person(incident.OpenedBy))
            ),
        };
        facts.Add(
            new Fact(
                words["incident.commander"],
                incident.Commander is { } commander
                    ? names.Reachable(commander)
                    : words["incident.no-commander"].In(Tone.Warn)
            )
        );
        facts.Add(new Fact(words["incident.acknowledged"], Hand(details, names)));
        if (details.LastCall is { Detail: var call } last)
        {
            facts.Add(
                new Fact(
                    words["incident.called"],
                    words.Say(
                        "incident.called-last",
                        words.List(call["to_roles"].Split(',').Select(names.Role)),
                        names.Persons(call["to"].Split(',')),
                        TimeText.Minute(last.At)
                    )
                )
            );
        }

        if (details.Undelivered is { Count: > 0 } lost)
        {
            facts.Add(
                new Fact(
                    words["incident.undelivered"],
                    words
                        .List(
                            lost.Select(l =>
                                words.Say(
                                    "incident.undelivered-one",
                                    l.Service,
                                    l.Person is { } to ? names.Person(to) : words["page.none"],
                                    l.Trouble
                                )
                            )
                        )
                        .In(Tone.Bad)
                )
            );
        }

        if (incident.Closed is { } end)
        {
            facts.Add(
                new Fact(
                    words["incident.ended"],
                    words.Say("incident.when-by", TimeText.Day(end.At), names.Person(end.By))
                )
            );
            facts.Add(new Fact(words["incident.reason"], end.Reason));
        }

        return facts;
    }

    // Who has it; or until when somebody has to say so.
    private static Text Hand(IncidentDetails details, Names names) =>
        details switch
        {
            { Incident.Acknowledged: { } hand } => names.Words.Say(
                "incident.when-by",
                TimeText.Minute(hand.At),
                names.Reachable(hand.By)
            ),
            { Incident.Closed: not null } => names.Words["incident.never-acknowledged"],
            { Clock.DueAt: { } due } => names.Words.Say("incident.to-acknowledge", TimeText.Minute(due)).In(Tone.Bad),
            { Clock: not null } => names.Words["incident.pager-calls"].In(Tone.Warn),
            _ => names.Words["incident.nobody-called"].In(Tone.Warn),
        };

    private static Block.Table Uses(IReadOnlyList<BreakGlassUse> uses, Names names)
    {
        var words = names.Words;
        return new Block.Table(
            [
                words["run.column.run"],
                words["break-glass.column.who"],
                words["break-glass.column.waived"],
                words["incident.reason"],
                words["break-glass.column.review"],
            ],
            [
                .. uses.Select(u =>
                    (IReadOnlyList<Text>)
                        [
                            RunName.Of(u.RunId),
                            words.Say("audit.actor-as", names.Person(u.Person), names.Role(u.Role)),
                            BreakGlassText.Waived(u.Waived, words),
                            u.Reason,
                            BreakGlassText.Review(u, names),
                        ]
                ),
            ]
        );
    }

    private static List<NextStep> Actions(IncidentDetails details, Phrasebook words)
    {
        var incident = details.Incident;
        var id = incident.Id;
        var actions = new List<NextStep>();
        if (incident is { Closed: null, Acknowledged: null })
        {
            // The first thing to press, at once and half asleep: it asks nothing.
            actions.Add(
                new NextStep(words["incident.do-ack"], $"glancy incident ack {id}") { Weight = Weight.Expected }
            );
        }

        if (incident.Closed is null)
        {
            actions.Add(new NextStep(words["incident.do-command"], $"glancy incident command {id} --reason ..."));
            actions.AddRange(
                Enum.GetValues<Severity>()
                    .Where(s => Math.Abs(s - incident.Severity) == 1)
                    .Select(s => new NextStep(
                        words.Say(
                            s < incident.Severity ? "incident.do-raise" : "incident.do-lower",
                            Incident.LevelOf(s)
                        ),
                        $"glancy incident severity {id} {SeverityName.Of(s)} --reason ...",
                        Changes: true
                    )
                    {
                        Weight = Weight.Aside,
                    })
            );
        }

        if (details.BreakGlass.Any(u => u.Review is null))
        {
            actions.Add(
                new NextStep(words["incident.do-review"], $"glancy incident review {id} --note ...", Changes: true)
                {
                    Weight = Weight.Expected,
                }
            );
        }

        if (incident.Closed is null && details.InTheWay.Count == 0)
        {
            actions.Add(
                new NextStep(words["incident.do-close"], $"glancy incident close {id} --reason ...", Changes: true)
                {
                    Weight = incident.Acknowledged is null ? Weight.Aside : Weight.Plain,
                }
            );
        }

        return actions;
    }
}
