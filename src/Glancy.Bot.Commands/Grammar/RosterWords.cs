using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>Persons and roles as people write them, for every command alike.</summary>
internal sealed class RosterWords(RunbookContent runbook)
{
    // "Secondary on call", "Olga Novak (olga)".
    private const int LongestName = 6;

    private readonly Lazy<Spellings> people = new(() => PersonNames.Of(runbook.People.Values));
    private readonly Lazy<Spellings> roles = new(() => RoleNames.Of(runbook.Roles.Values, runbook.Roster.Sources));

    /// <summary>The id; null, with the reason, for a word that means nobody or several.</summary>
    public string? Read(ValueKind kind, string said, out Refusal? wrong)
    {
        var found = Of(kind).Find(said);
        wrong = kind switch
        {
            ValueKind.Role => NotRecognised.Role(found, said),
            ValueKind.Person => NotRecognised.Person(found, said),
            _ => found.Ambiguous ? new Refusal("bad-actor", "§1.1", said, string.Join(',', found.Others)) : null,
        };
        return wrong is not null ? null : found.Id ?? said.TrimStart('@');
    }

    /// <summary>
    /// The words of a line with those of one name put together: pages print <c>吴桐 (wu)</c>, and people copy it as it
    /// stands.
    /// </summary>
    public IReadOnlyList<string> Rejoin(IReadOnlyList<string> words, CommandSpec spec)
    {
        var kinds = spec
            .Arguments.Select(a => a.Kind)
            .Concat(spec.Options.Select(o => o.Kind).OfType<ValueKind>())
            .Where(IsName)
            .Distinct()
            .ToList();
        var joined = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var length = Enumerable
                .Range(2, LongestName - 1)
                .Where(n => i + n <= words.Count)
                .LastOrDefault(n => kinds.Any(kind => Means(kind, words.Skip(i).Take(n))), 1);
            joined.Add(string.Join(' ', words.Skip(i).Take(length)));
            i += length - 1;
        }

        return joined;
    }

    /// <summary>Whether values of that kind are names out of the runbook.</summary>
    public static bool IsName(ValueKind kind) => kind is ValueKind.Person or ValueKind.Role or ValueKind.Actor;

    private bool Means(ValueKind kind, IEnumerable<string> words) =>
        words.All(word => !Folding.Fold(word).StartsWith('-')) && Of(kind).Knows(Folding.Fold(string.Join(' ', words)));

    private Spellings Of(ValueKind kind) => kind == ValueKind.Role ? roles.Value : people.Value;
}
