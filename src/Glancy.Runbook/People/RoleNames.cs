using System.Text.RegularExpressions;
using Glancy.Runbook.Roster;

namespace Glancy.Runbook.People;

/// <summary>
/// The one place that knows what people write for a role: <c>release-manager</c>, <c>Release manager</c>, its name in
/// either language, a part of that (<c>RM</c>) where it means only one, and the user group of Slack in which it is
/// kept.
/// </summary>
public static partial class RoleNames
{
    /// <param name="sources">Where roles are kept beside the runbook.</param>
    public static Recognised Find(IEnumerable<Role> roles, IEnumerable<RosterSource> sources, string said)
    {
        ArgumentNullException.ThrowIfNull(said);
        return Of(roles, sources).Find(said);
    }

    /// <summary>All ways to write each of them.</summary>
    public static Spellings Of(IEnumerable<Role> roles, IEnumerable<RosterSource> sources)
    {
        ArgumentNullException.ThrowIfNull(roles);
        var groups = sources.Where(s => s.Kind == SourceKind.SlackGroup).ToList();
        var spellings = new Spellings(Fold);
        foreach (var role in roles)
        {
            var shown = $"{role.Id} {role.Name.Zh}";
            spellings.Add(
                role.Id,
                shown,
                [role.Id, .. groups.Where(g => g.Role == role.Id).Select(g => $"<!subteam^{g.Id}>")],
                [role.Name.Zh, role.Name.En, shown],
                Parts(role.Name.Zh).Concat(Parts(role.Name.En))
            );
        }

        return spellings;
    }

    /// <summary>One form of every way to write it.</summary>
    internal static string Fold(string said)
    {
        var plain = Spellings.Plain(said);
        return Group().Match(plain) is { Success: true } group
            ? $"<!subteam^{group.Groups[1].Value}>"
            : string.Concat(
                plain.TrimStart('@').Where(letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '_'))
            );
    }

    // Before, in and after brackets, and on both sides of a stroke.
    private static string[] Parts(string name) => Between().Split(Spellings.Plain(name));

    [GeneratedRegex(@"^<!subteam\^([a-z0-9]+)(?:\|[^>]*)?>$")]
    private static partial Regex Group();

    [GeneratedRegex("[()/]")]
    private static partial Regex Between();
}
