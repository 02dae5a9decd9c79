using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Roster;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Handovers;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Handovers;

/// <summary>The fields of §3.1 in words, each of them there even when there is nothing to say.</summary>
internal static class HandoverFields
{
    private static readonly string[] ByShift = ["primary", "secondary"];

    /// <summary>Who, which batch, the hooks, what is going on, what is switched, what is to be followed up.</summary>
    public static IReadOnlyList<Fact> Of(HandoverFacts facts, Names names)
    {
        var words = names.Words;
        return
        [
            .. ByShift.Select(role => new Fact(names.Role(role), People(role, facts, names))),
            new(words["handover.batch"], Batch(facts, words)),
            new(words["handover.hooks"], Hooks(facts.Hooks, words)),
            .. Several(
                words["handover.incidents"],
                facts.Incidents.Select(i => Incident(i, facts.At, names)).Concat(facts.Runs.Select(r => Run(r, names))),
                words
            ),
            .. Several(words["handover.switches"], facts.Switches.Select(s => Switch(s, names)), words),
            .. Several(
                words["handover.follow-ups"],
                facts.FollowUps.Select(f =>
                    words.Say(
                        "handover.follow-up",
                        f.Name,
                        Said(f, words),
                        names.Person(f.By),
                        words.Duration(facts.At - f.At)
                    )
                ),
                words
            ),
        ];
    }

    public static Text Shift(string id, Names names) =>
        names.Runbook.Roster.Shifts.FirstOrDefault(s => s.Id == id) is { } shift ? names.In(shift.Name) : id;

    /// <summary>What is to be followed up, and where more is said.</summary>
    public static Text Said(FollowUp item, Phrasebook words) =>
        Uri.TryCreate(item.Link, UriKind.Absolute, out var link) && link.Scheme is "http" or "https"
            ? words.Say("handover.with-link", item.Words, Text.To(link, words.Plain("notices.original")))
            : item.Words;

    public static Text Hook(HookFact hook, Phrasebook words)
    {
        var said = (Text)(hook.Hook + " ") + LightWords.Of(hook.Light, words);
        said = hook.Value is { } value ? said + " " + value : said;
        said = hook.Near ? words.Say("handover.near", said) : said;
        return hook.ExplainedBy is null ? said : words.Say("status.explained", said);
    }

    private static Text People(string role, HandoverFacts facts, Names names)
    {
        var before = names.Persons(facts.Outgoing.GetValueOrDefault(role, []));
        var after = names.Persons(facts.Incoming.GetValueOrDefault(role, []));
        return DutyText.Holders(
            role,
            before.Plain == after.Plain ? after : names.Words.Say("page.arrow", before, after),
            facts.Changes,
            names
        );
    }

    private static Text Batch(HandoverFacts facts, Phrasebook words)
    {
        var train = facts switch
        {
            { Release: { Batch: { } batch } release } => words.Say(
                "release.title",
                batch,
                TrainText.Weight(release.Weight),
                TrainText.State(release.State, words)
            ),
            { Release: not null } => words["release.title-none"],
            { ReleaseUnknown: { } unknown } => RefusalView.Words(unknown, words).In(Tone.Warn),
            _ => words.Of("light", Light.Unknown),
        };
        return facts.Frozen is { } reason ? words.Say("handover.frozen", train, reason) : train;
    }

    // The good ones are counted, so that the others are seen.
    private static Text Hooks(IReadOnlyList<HookFact> hooks, Phrasebook words)
    {
        var told = hooks.Where(h => h.Light != Light.Green || h.Near).OrderByDescending(h => h.Light).ToList();
        return hooks.Count == 0 ? words.Of("light", Light.Unknown)
            : told.Count == 0 ? words.Say("status.all-green", LightWords.Of(Light.Green, words))
            : words.List(
                told.Select(h => Hook(h, words))
                    .Concat(
                        told.Count == hooks.Count
                            ? []
                            :
                            [
                                words.Say(
                                    "handover.others-green",
                                    Text.FromInt64(hooks.Count - told.Count),
                                    LightWords.Of(Light.Green, words)
                                ),
                            ]
                    )
            );
    }

    private static Text Incident(IncidentFact incident, DateTimeOffset at, Names names) =>
        names.Words.Say(
            "handover.incident",
            incident.Incident,
            incident.Level,
            incident.Title,
            incident.Owner is { } owner ? names.Person(owner) : names.Words["handover.unowned"].In(Tone.Warn),
            names.Words.Duration(at - incident.OpenedAt)
        );

    private static Text Run(RunFact run, Names names) =>
        names.Words.Say(
            "handover.run",
            run.Run,
            names.In(run.Title),
            Enum.TryParse<RunState>(run.State, out var state) ? RunWords.State(state, null, names.Words) : run.State
        );

    private static Text Switch(SwitchFact fact, Names names) =>
        names.Words.Say(
            fact.Recovers.Count == 0 ? "handover.switch-without-rule" : "handover.switch",
            names.Controlled(fact.Target),
            fact.Value,
            TimeText.Minute(fact.Since),
            names.Person(fact.Owner),
            fact.Lease,
            names.Recovering(fact.Recovers)
        );

    // One fact a line, the first with the label; nothing is a fact too.
    private static IEnumerable<Fact> Several(Text label, IEnumerable<Text> items, Phrasebook words)
    {
        var lines = items.ToList();
        return lines.Count == 0 ? [new Fact(label, words["page.none"])] : lines.Select(line => new Fact(label, line));
    }
}
