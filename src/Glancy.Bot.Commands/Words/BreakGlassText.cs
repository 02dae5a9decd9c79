using Glancy.Bot.Commands.Pages;
using Glancy.Ops.BreakGlass;
using Glancy.Ops.Incidents;
using Glancy.Ops.Procedures;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Words;

/// <summary>
/// Break-glass in words: that it is possible, that it was used, and whether somebody has looked at it.
/// </summary>
internal static class BreakGlassText
{
    /// <summary>What it needs, for a plan that may be confirmed that way.</summary>
    public static Text Possible(Incident sev1, IReadOnlyList<Person> who, Names names)
    {
        return names.Words.Say(
            "break-glass.needs",
            sev1.Id,
            names.Persons(who),
            names.Words.List(BreakGlassRule.Paged.Select(names.Role))
        );
    }

    /// <summary>Who used it on a run, under which incident and why, and how that was looked at.</summary>
    public static Text Used(BreakGlassUse use, Names names)
    {
        var words = names.Words;
        return words.Say(
            "break-glass.used",
            names.Person(use.Person),
            names.Role(use.Role),
            use.Incident,
            Waived(use.Waived, words),
            use.Reason,
            Review(use, names),
            TimeText.Time(use.At)
        );
    }

    public static Text Waived(IEnumerable<string> waived, Phrasebook words)
    {
        return words.List(
            waived.Select(w => words.Knows("break-glass.waived." + w) ? words["break-glass.waived." + w] : w)
        );
    }

    public static Text Review(BreakGlassUse use, Names names)
    {
        var words = names.Words;
        return use.Review is { } review
            ? words.Say(
                "break-glass.reviewed",
                names.Person(review.Person),
                names.Role(review.Role),
                TimeText.Minute(review.At),
                review.Note
            )
            : words["break-glass.not-reviewed"].In(Tone.Warn);
    }
}
