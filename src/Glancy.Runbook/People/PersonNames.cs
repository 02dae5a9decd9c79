using System.Text.RegularExpressions;

namespace Glancy.Runbook.People;

/// <summary>
/// The one place that knows what people write for a person: <c>chen</c>, <c>@chen</c>, <c>&lt;@UCHEN0000|chen&gt;</c>,
/// a name in either language, the name with its id in brackets as pages print it, the account on the host; in any case
/// and width.
/// </summary>
public static partial class PersonNames
{
    public static Recognised Find(IEnumerable<Person> people, string said)
    {
        ArgumentNullException.ThrowIfNull(said);
        return Of(people).Find(said);
    }

    /// <summary>All ways to write each of them.</summary>
    public static Spellings Of(IEnumerable<Person> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        var spellings = new Spellings(Fold);
        foreach (var person in people)
        {
            var shown = $"{person.Id} {person.Name}";
            spellings.Add(
                person.Id,
                shown,
                [person.Id, person.Slack, $"<@{person.Slack}>"],
                [person.Name, $"{person.Name}({person.Id})", $"{person.Id}({person.Name})", shown],
                [person.Login]
            );
        }

        return spellings;
    }

    /// <summary>One form of every way to write it.</summary>
    internal static string Fold(string said)
    {
        var plain = Spellings.Plain(said);
        return Mention().Match(plain) is { Success: true } mention
            ? $"<@{mention.Groups[1].Value}>"
            : string.Concat(plain.TrimStart('@').Where(letter => !char.IsWhiteSpace(letter)));
    }

    [GeneratedRegex(@"^<@([a-z0-9]+)(?:\|[^>]*)?>$")]
    private static partial Regex Mention();
}
