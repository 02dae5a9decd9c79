using Glancy.Runbook.Escalation;
using Glancy.Runbook.Hooks;

namespace Glancy.Runbook.Alerts;

/// <summary>What the runbook says of alerts (§5.2): the rules for cards and silences, and the SOPs.</summary>
public sealed record AlertBook(AlertRules Rules, IReadOnlyList<AlertSop> Sops)
{
    public static AlertBook Empty { get; } = new(AlertRules.Usual, []);

    /// <summary>The procedures that do what some SOP says.</summary>
    public IEnumerable<string> Procedures =>
        Sops.SelectMany(s => s.Act).Select(a => a.Procedure).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>
    /// A measured line of an SOP's last column by its name, such as <c>sop/exports/depth</c>; null when there is none.
    /// </summary>
    public SopLine? FindLine(string name) =>
        Sops.SelectMany(sop => sop.Verify.Where(l => l.Measure is not null && SopLine.Named(sop.Id, l.Id) == name))
            .FirstOrDefault();

    /// <summary>The first SOP that one of the labels belongs to; null when nobody has written one.</summary>
    public AlertSop? Find(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Sops.FirstOrDefault(sop =>
            sop.Match.Any(match => labels.TryGetValue(match.Label, out var value) && value == match.Value)
        );
    }
}

/// <summary>How many cards there are, and how long things last; world time, except where said.</summary>
/// <param name="CardsPerMinute">Groups beyond this go onto a storm's card.</param>
/// <param name="StormQuiet">After so long without a new group the next storm has a card of its own.</param>
/// <param name="ReuseWithin">A group that fires again so soon after its end takes up its card.</param>
/// <param name="LateWithin">Real time in which "firing" after "resolved", for the same alert and start, may be an old
/// word that comes late: it is taken, and asked about.</param>
/// <param name="WatchFor">How long after its end a group is still looked at, when not everything is verified.</param>
public sealed record AlertRules(
    int CardsPerMinute,
    TimeSpan StormQuiet,
    TimeSpan ReuseWithin,
    TimeSpan LateWithin,
    TimeSpan WatchFor,
    TimeSpan LongestSilence
)
{
    public static AlertRules Usual { get; } =
        new(
            6,
            TimeSpan.FromMinutes(10),
            TimeSpan.FromMinutes(15),
            TimeSpan.FromMinutes(2),
            TimeSpan.FromHours(24),
            TimeSpan.FromHours(24)
        );
}

/// <summary>One row of the table of §5.2.</summary>
public sealed record AlertSop
{
    public required string Id { get; init; }

    public required Words Title { get; init; }

    public required string Section { get; init; }

    public required Severity Severity { get; init; }

    public required string Dashboard { get; init; }

    /// <summary>Any of them makes an alert this one's.</summary>
    public required IReadOnlyList<LabelMatch> Match { get; init; }

    /// <summary>What is read at once, to see how bad it is.</summary>
    public required IReadOnlyList<SopLine> Detect { get; init; }

    /// <summary>In the order in which it is done.</summary>
    public required IReadOnlyList<SopAct> Act { get; init; }

    /// <summary>What must be good again.</summary>
    public required IReadOnlyList<SopLine> Verify { get; init; }
}

/// <summary>A label and its whole value.</summary>
public sealed record LabelMatch(string Label, string Value);

/// <summary>Something to look at.</summary>
/// <param name="Id">Unique within its SOP's column.</param>
/// <param name="Measure">Null where no metric tells: a person looks, and it never ticks by itself.</param>
/// <param name="Good">What counts as good; null means the measure's own recovery.</param>
/// <param name="Windows">How many adjacent windows must be good.</param>
public sealed record SopLine(string Id, Words Name, Measure? Measure, Threshold? Good, int Windows)
{
    /// <summary>What the name of a line of an SOP's last column begins with, where others refer to it.</summary>
    public const string Prefix = "sop/";

    /// <summary><c>sop/exports/depth</c></summary>
    public static string Named(string sop, string line) => $"{Prefix}{sop}/{line}";

    /// <summary>What is good: its own limit, or the measure's; null where a person looks.</summary>
    public Threshold? Limit => Good ?? Measure?.Recovered ?? (Measure?.Yellow ?? Measure?.Red)?.Negated;

    /// <summary>
    /// The hook's measure that it names, such as <c>HK-03/burn</c>; null for one of its own, or none.
    /// </summary>
    public string? From { get; init; }
}

/// <summary>Something to do: a procedure, another line for the bot, or typed by a person.</summary>
/// <param name="Glancy">A line for the bot, without its name; null when it is something else.</param>
/// <param name="Typed">What a person types; null when it is something else.</param>
public sealed record SopAct(Words Say, string? Glancy, string? Typed)
{
    /// <summary>The one parameter that an act's procedure may ask for.</summary>
    public const string Reason = "reason";

    /// <summary>The procedure that does it; null when it is something else.</summary>
    public string? Procedure { get; init; }

    /// <summary>Its line in the file.</summary>
    public int Line { get; init; }
}
