using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Releases;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Leases;
using Glancy.Ops.Releases;

namespace Glancy.Bot.Commands.Leases;

/// <summary>Temporary changes, each with what it takes to take it back.</summary>
internal static class LeaseListView
{
    /// <param name="terms">By lease number, of those that stand.</param>
    /// <param name="all">Also those that have ended.</param>
    /// <param name="thaw">How far the train's freeze is from being lifted; null when it is not frozen.</param>
    public static Page Page(
        IReadOnlyList<Lease> leases,
        IReadOnlyDictionary<long, UndoTerms> terms,
        bool all,
        ThawTerms? thaw,
        Names names
    )
    {
        var words = names.Words;
        var title =
            leases.Count == 0 ? words["lease.title-none"]
            : all ? words.Say("lease.title-all", Text.FromInt64(leases.Count), Text.FromInt64(terms.Count))
            : words.Say("lease.title", Text.FromInt64(leases.Count));
        var blocks = new List<Block>();
        if (leases.Count > 0)
        {
            blocks.Add(Table(leases, terms, names));
        }

        // Traffic goes back to the new version only when the train is thawed (rule 6); what can be taken back before is
        // offered.
        var standing = leases.Where(l => l.EndedAt is null).OrderByDescending(l => l.Id).ToList();
        var later = thaw is null ? [] : standing.Where(l => !l.IsSwitch).ToList();
        var next = new List<NextStep>();
        if (standing.Except(later).FirstOrDefault() is { } newest)
        {
            next.Add(
                new NextStep(
                    newest == standing[0] ? words["lease.take-back"] : words.Say("lease.take-back-one", newest.Name),
                    $"glancy lease revert {newest.Name} --reason ...",
                    Changes: true
                )
            );
        }

        if (thaw is not null && later.Count > 0)
        {
            blocks.Add(
                new Block.Paragraph(
                    words.Say(
                        "lease.later",
                        words.List(later.Select(l => (Text)l.Name)),
                        ReleaseStatusView.Thaw(thaw, words)
                    )
                )
            );
            if (
                thaw.Bad.Count == 0
                && thaw.LookedAt >= (thaw.PossibleFrom ?? thaw.LookedAt)
                && DraftLine.Of(names.Runbook, ThawPolicy.Procedure) is { } line
            )
            {
                next.Add(new NextStep(words["release.thaw-hint"], line, Changes: true));
            }
        }

        if (!all)
        {
            next.Add(new NextStep(words["lease.see-all"], "glancy lease list --all"));
        }

        if (next.Count > 0)
        {
            blocks.Add(new Block.Actions(next));
        }

        return new Page(title, blocks) { Foot = words.Zone() };
    }

    /// <summary>What it takes to take a lease back, in words.</summary>
    public static Text Undo(Lease lease, UndoTerms terms, Names names)
    {
        var words = names.Words;
        var hooks = names.Recovering(terms.Hooks);
        return !lease.IsSwitch
            ? words["lease.undo.release"]
            : terms.Ground switch
            {
                UndoGround.Fresh => words.Say("lease.undo.fresh", TimeText.Time(terms.FreeUntil)),
                UndoGround.Worse => words.Say("lease.undo.worse", hooks),
                UndoGround.Recovered => words.Say("lease.undo.recovered", hooks),
                _ => terms.Hooks.Count > 0 ? words.Say("lease.undo.waiting", hooks) : words["lease.undo.no-rule"],
            };
    }

    /// <summary>Each with its change, its owner and what it takes to take it back.</summary>
    internal static Block.Table Table(
        IReadOnlyList<Lease> leases,
        IReadOnlyDictionary<long, UndoTerms> terms,
        Names names
    )
    {
        var words = names.Words;
        return new Block.Table(
            [
                words["lease.column.lease"],
                words["lease.column.target"],
                words["lease.column.change"],
                words["lease.column.owner"],
                words["lease.column.since"],
                words["lease.column.undo"],
            ],
            [
                .. leases.Select(l =>
                    (IReadOnlyList<Text>)
                        [
                            l.Name,
                            names.Controlled(l.Target),
                            words.Say("page.arrow", l.Prior, l.Value),
                            names.Person(l.Owner),
                            TimeText.Minute(l.Since),
                            terms.TryGetValue(l.Id, out var t) ? Undo(l, t, names) : Ended(l, names),
                        ]
                ),
            ]
        );
    }

    private static Text Ended(Lease lease, Names names)
    {
        var words = names.Words;
        return lease is { End: { } end, EndedAt: { } at, EndedBy: { } by }
            ? words.Say("lease.ended-by", words.Of("lease.end", end), names.Person(by), TimeText.Minute(at))
            : Text.Empty;
    }
}
