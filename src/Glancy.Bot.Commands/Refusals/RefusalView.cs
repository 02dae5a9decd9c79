using System.Text.Json.Serialization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;

namespace Glancy.Bot.Commands.Refusals;

/// <summary>A refusal as data, for scripts.</summary>
/// <param name="Words">What a person reads.</param>
public sealed record RefusalData(
    string Refused,
    string Section,
    IReadOnlyList<string> Arguments,
    string Words,
    string Next
)
{
    /// <summary>Everything that stands in the way, when it is more than one thing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RefusalData>? Reasons { get; init; }
}

/// <summary>Says what was refused, by which rule, and what to do next.</summary>
public static class RefusalView
{
    /// <summary>The answer of a command that did nothing.</summary>
    /// <param name="more">What to add, for example the steps that stand in the way.</param>
    public static Answer Answer(Refusal refusal, Phrasebook words, params Block[] more)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(words);
        var ending = ExitCodeOf(refusal);
        return new Answer(Page(refusal, words, ending, more), Data(refusal, words), ending);
    }

    public static Page Page(Refusal refusal, Phrasebook words, ExitCode ending, params Block[] more)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(words);
        var title = ending switch
        {
            ExitCode.Unknown => "refusal.title-unknown",
            ExitCode.Internal => "refusal.title-internal",
            _ => "refusal.title",
        };
        var facts = new List<Fact>();
        if (refusal.Section.Length > 0)
        {
            facts.Add(new Fact(words["refusal.rule"], words.Say("refusal.runbook-section", refusal.Section)));
        }

        facts.Add(new Fact(words["refusal.next"], Next(refusal, words)));
        return new Page(
            words.Say(title, Words(refusal, words)),
            [new Block.Facts(facts), .. more, .. Offers(refusal, words)]
        );
    }

    // What is left when the usual way is not there any more (§4.1).
    private static IEnumerable<Block> Offers(Refusal refusal, Phrasebook words) =>
        refusal.Code == "old-version-gone"
            ?
            [
                new Block.Actions([
                    new NextStep(
                        words["refusal.old-version-gone.do"],
                        "glancy kill-switch on --reason ...",
                        Changes: true
                    )
                    {
                        Weight = Weight.Expected,
                    },
                ]),
            ]
            : [];

    public static RefusalData Data(Refusal refusal, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(words);
        return new RefusalData(
            refusal.Code,
            refusal.Section,
            refusal.Arguments,
            Words(refusal, words).Plain,
            Next(refusal, words).Plain
        );
    }

    /// <summary>What could not be reached leaves the answer unknown; everything else is a no.</summary>
    public static ExitCode ExitCodeOf(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Code switch
        {
            "internal" => ExitCode.Internal,
            "unparsable-output"
            or "host-key-mismatch"
            or "database-lost"
            or "recorded-then-lost"
            or "hooks-unknown"
            or "sop-unknown"
            or "script-unknown"
            or "silence-unknown" => ExitCode.Unknown,
            var code when code.StartsWith("unreachable-", StringComparison.Ordinal) => ExitCode.Unknown,
            _ => ExitCode.Refused,
        };
    }

    /// <summary>Why something was refused, how a run ended or why it is paused, in one sentence.</summary>
    public static Text Words(Refusal refusal, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(words);
        var key = "refusal." + refusal.Code;

        // Some codes are known with fewer arguments too.
        var brief = key + ".short";
        return words.Say(
            refusal.Arguments.Length < 3 && words.Knows(brief) ? brief : key,
            RefusalArguments.Of(refusal, words)
        );
    }

    /// <summary>What to do about it.</summary>
    public static Text Next(Refusal refusal, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ArgumentNullException.ThrowIfNull(words);
        return words.Say("refusal." + refusal.Code + ".next", RefusalArguments.Of(refusal, words));
    }
}
