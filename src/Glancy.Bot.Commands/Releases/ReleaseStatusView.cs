using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Releases;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Releases;

namespace Glancy.Bot.Commands.Releases;

/// <summary>The release train on one page.</summary>
internal static class ReleaseStatusView
{
    public static Page Page(ReleaseView view, Names names)
    {
        var words = names.Words;
        var blocks = new List<Block> { new Block.Facts(Facts(view, names)) };
        if (view.Next is { } next)
        {
            blocks.Add(
                new Block.Heading(
                    words.Say("release.next-rung", next.Batch, TrainText.Weight(next.Weight), names.In(next.Audience))
                )
            );
            blocks.Add(Gates(view.Gates, names));
        }
        else if (view.Current is not null)
        {
            blocks.Add(new Block.Paragraph(words["release.top"]));
        }

        if (
            view.Thaw is { Bad.Count: 0 } thaw
            && thaw.LookedAt >= (thaw.PossibleFrom ?? thaw.LookedAt)
            && DraftLine.Of(names.Runbook, ThawPolicy.Procedure) is { } line
        )
        {
            blocks.Add(new Block.Actions([new NextStep(words["release.thaw-hint"], line, Changes: true)]));
        }

        blocks.AddRange(History(view.History, words));
        return new Page(Title(view, words), blocks) { Foot = words.Zone() };
    }

    /// <summary>Where the train stands, in a sentence.</summary>
    public static Text Title(ReleaseView view, Phrasebook words)
    {
        var train = view switch
        {
            { Status: null } => words["release.title-unknown"],
            { Status: { Batch: { } batch } status } => words.Say(
                "release.title",
                batch,
                TrainText.Weight(status.Weight),
                TrainText.State(status.State, words)
            ),
            _ => words["release.title-none"],
        };
        return view.Freeze is null ? train : train + words["page.sentence-separator"] + words["release.title-frozen"];
    }

    /// <summary>The freeze, with who and why.</summary>
    public static Text Freeze(Freeze freeze, Names names)
    {
        return names.Words.Say("release.freeze", names.Person(freeze.By), TimeText.Moment(freeze.Since), freeze.Reason);
    }

    private static List<Fact> Facts(ReleaseView view, Names names)
    {
        var words = names.Words;
        var facts = new List<Fact>();
        if (view.Unknown is { } unknown)
        {
            facts.Add(new Fact(words["release.train"], RefusalView.Words(unknown, words)));
        }

        if (view.Status is { } status)
        {
            facts.Add(new Fact(words["release.batch"], status.Batch ?? words["page.none"]));
            facts.Add(
                new Fact(
                    words["release.weight"],
                    words.Say("release.weight-of", TrainText.Weight(status.Weight), status.NewColour, status.OldColour)
                )
            );
            facts.Add(new Fact(words["release.state"], TrainText.State(status.State, words)));
            facts.Add(new Fact(words["release.old-kept"], OldVersion(status, view.At, words)));
            facts.Add(new Fact(words["release.updated"], TimeText.Moment(status.UpdatedAt)));
        }

        if (view.Current is { } rung)
        {
            facts.Add(new Fact(words["release.audience"], names.In(rung.Audience)));
            facts.Add(
                new Fact(
                    words["release.way-back"],
                    view.Status?.OldGone(view.At) == true ? words["release.way-none"]
                        : rung.Rollback == RollbackWay.Full ? words["release.way-full"]
                        : words.Say("release.way-one-rung", rung.BackTo)
                )
            );
        }

        facts.Add(
            new Fact(
                words["release.freeze-label"],
                view.Freeze is { } freeze ? Freeze(freeze, names) : words["release.not-frozen"]
            )
        );
        if (view.Thaw is { } thaw)
        {
            facts.Add(new Fact(words["release.thaw"], Thaw(thaw, words)));
        }

        return facts;
    }

    private static Text OldVersion(ReleaseStatus status, DateTimeOffset at, Phrasebook words) =>
        status switch
        {
            { OldKeptUntil: { } until } when until > at => words.Say(
                "release.kept-until",
                TimeText.Moment(until),
                words.Duration(until - at)
            ),
            { OldKeptUntil: { } until } => words.Say("release.old-gone", TimeText.Moment(until)),
            { Active: true } => words["release.kept-while"],
            { Batch: not null, Weight: <= 0 } => words["release.old-carries"],
            _ => words["release.not-kept"],
        };

    /// <summary>Whether the train can be thawed, or from when.</summary>
    public static Text Thaw(ThawTerms thaw, Phrasebook words)
    {
        return thaw switch
        {
            { Bad.Count: > 0 } => words.Say(
                "release.thaw-bad",
                words.List(thaw.Bad.Select(h => (Text)(h.Hook.Id + " ") + LightWords.Of(h.Light, words)))
            ),
            { PossibleFrom: { } from } when thaw.LookedAt < from => words.Say(
                "release.thaw-from",
                TimeText.Moment(from)
            ),
            _ => words["release.thaw-now"],
        };
    }

    private static Block.Table Gates(IReadOnlyList<GateReading> gates, Names names)
    {
        var words = names.Words;
        return new Block.Table(
            [
                words["release.column.gate"],
                words["release.column.says"],
                words["release.column.value"],
                words["release.column.limit"],
            ],
            [
                .. gates.Select(g =>
                    (IReadOnlyList<Text>)
                        [
                            Label(g, names),
                            GateSays(g.State, words),
                            Value(g, words),
                            g.Limit is { } limit ? limit.ToString() : Text.Empty,
                        ]
                ),
            ]
        );
    }

    private static Text Label(GateReading gate, Names names)
    {
        var name = names.In(gate.Gate.Name);
        return gate.Segment == QueryText.Total
            ? name
            : names.Words.Say("page.in-brackets", name, names.Words["hk.segment"]);
    }

    private static Text GateSays(GateState state, Phrasebook words) =>
        words
            .Of("gate", state)
            .In(
                state switch
                {
                    GateState.Passed => Tone.Good,
                    GateState.Failed => Tone.Bad,
                    _ => Tone.Warn,
                }
            );

    private static Text Value(GateReading gate, Phrasebook words) =>
        gate.Value is { } value && gate.Limit is { } limit ? Threshold.Format(value, limit.Unit)
        : gate.Light is { } light ? LightWords.Of(light, words)
        : gate.Unknown is { } reason ? words.Of("hk.unknown", reason)
        : Text.Empty;

    private static IEnumerable<Block> History(IReadOnlyList<BatchRecord>? history, Phrasebook words)
    {
        yield return new Block.Heading(words["release.history"]);
        if (history is null)
        {
            yield return new Block.Paragraph(words["release.history-unknown"]);
        }
        else if (history.Count == 0)
        {
            yield return new Block.Paragraph(words["release.history-none"]);
        }
        else
        {
            yield return new Block.Table(
                [
                    words["release.column.at"],
                    words["release.batch"],
                    words["release.column.kind"],
                    words["release.column.weight"],
                    words["release.state"],
                    words["release.column.run"],
                ],
                [
                    .. history.Select(r =>
                        (IReadOnlyList<Text>)
                            [
                                TimeText.Minute(r.At),
                                r.Batch,
                                Kind(r.Kind, words),
                                r.Weight is { } weight ? TrainText.Weight((double)weight) : words["page.none"],
                                TrainText.State(r.State, words),
                                r.Run ?? "",
                            ]
                    ),
                ]
            );
        }
    }

    private static Text Kind(string kind, Phrasebook words) =>
        words.Knows("release.kind." + kind) ? words["release.kind." + kind] : kind;
}
