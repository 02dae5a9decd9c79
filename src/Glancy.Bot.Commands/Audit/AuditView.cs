using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Audit;

/// <summary>The trail and its verification.</summary>
internal static class AuditView
{
    private const int FaultsShown = 20;

    public static Page Page(AuditQuery query, IReadOnlyList<AuditEvent> found, Names names)
    {
        var words = names.Words;
        if (found.Count == 0)
        {
            return new Page(words[query.BeforeSeq is null ? "audit.none" : "audit.no-more"], []);
        }

        var blocks = new List<Block>
        {
            new Block.Table(
                [
                    words["audit.column.seq"],
                    words["audit.column.at"],
                    words["audit.column.actor"],
                    words["audit.column.action"],
                    words["audit.column.target"],
                    words["audit.column.change"],
                    words["audit.column.run"],
                ],
                [.. found.Select(e => Row(e, names))]
            ),
        };
        if (found.Count == query.Limit)
        {
            blocks.Add(new Block.Actions([new NextStep(words["audit.older"], Older(query, found[^1].Seq))]));
        }

        return new Page(words.Say("audit.title", Text.FromInt64(found.Count)), blocks) { Foot = words.Zone() };
    }

    /// <summary>Whether the chain is whole, and how far that is proven.</summary>
    public static Page Verdict(AuditVerdict verdict, Phrasebook words)
    {
        var anchored =
            !verdict.AnchorsKnown ? words["audit.anchors-unknown"].In(Tone.Warn)
            : verdict.AnchoredThrough is { } through ? words.Say("audit.anchored-through", Text.FromInt64(through))
            : words["audit.anchors-none"];
        var blocks = new List<Block>
        {
            new Block.Facts([
                new Fact(words["audit.events"], Text.FromInt64(verdict.Events)),
                new Fact(words["audit.anchors"], anchored),
            ]),
        };
        if (verdict.Faults.Count > 0)
        {
            blocks.Add(
                new Block.Table(
                    [words["audit.column.seq"], words["audit.column.fault"]],
                    [
                        .. verdict
                            .Faults.Take(FaultsShown)
                            .Select(f =>
                                (IReadOnlyList<Text>)
                                    [Text.FromInt64(f.Seq), words["audit.fault." + f.Code].In(Tone.Bad)]
                            ),
                    ]
                )
            );
            if (verdict.Faults.Count > FaultsShown)
            {
                blocks.Add(
                    new Block.Paragraph(
                        words.Say("audit.more-faults", Text.FromInt64(verdict.Faults.Count - FaultsShown))
                    )
                );
            }
        }

        var title = verdict.Intact
            ? words[
                !verdict.AnchorsKnown ? "audit.intact-alone"
                : verdict.AnchoredThrough is null ? "audit.intact-unanchored"
                : "audit.intact"
            ]
            : words.Say("audit.broken", Text.FromInt64(verdict.Faults.Count));
        return new Page(title, blocks);
    }

    private static IReadOnlyList<Text> Row(AuditEvent happened, Names names)
    {
        var words = names.Words;
        var action = "audit.action." + happened.Action;
        return
        [
            Text.FromInt64(happened.Seq),
            TimeText.Moment(happened.At),
            happened.Role is { } role
                ? words.Say("audit.actor-as", names.Person(happened.Actor), names.Role(role))
                : names.Person(happened.Actor),
            words.Knows(action) ? words[action] : happened.Action,
            happened.Target,
            Change(happened, words),
            happened.Run ?? "",
        ];
    }

    private static Text Change(AuditEvent happened, Phrasebook words)
    {
        var change =
            happened.Before is null && happened.After is null
                ? Text.Empty
                : words.Say("page.arrow", Value(happened.Before, words), Value(happened.After, words));
        var reason = happened.Detail.GetValueOrDefault("reason", "");
        return reason.Length == 0 ? change
            : change.IsEmpty ? reason
            : change + words["event.separator"] + reason;
    }

    private static Text Value(string? value, Phrasebook words) =>
        value is null ? words["page.none"]
        : Enum.TryParse<RunState>(value, out var state) && Enum.IsDefined(state) ? words.Of("state", state)
        : value;

    private static string Older(AuditQuery query, long before)
    {
        var line = new List<string> { "glancy audit search" };
        if (query.Text is { } text)
        {
            line.Add(text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text);
        }

        Add("--actor", query.Actor);
        Add("--action", query.Action);
        Add("--run", query.Run);
        Add("--from", query.From?.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture));
        Add("--to", query.To?.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture));
        Add("--limit", query.Limit.ToString(CultureInfo.InvariantCulture));
        Add("--before", before.ToString(CultureInfo.InvariantCulture));
        return string.Join(' ', line);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                line.Add(name);
                line.Add(value);
            }
        }
    }
}
