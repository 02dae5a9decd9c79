using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Help;

/// <summary>Who may say a command, in words, from the permission by which it is refused or not.</summary>
internal static class WhoMay
{
    /// <summary>By the command's permission, and by those of its options that make another word of it.</summary>
    /// <param name="held">Who holds what, by the permission's id.</param>
    public static Text Say(CommandSpec spec, IReadOnlyDictionary<string, PermissionTerms> held, Phrasebook words)
    {
        // A draft changes nothing: who matters is who confirms it.
        var drafts = spec.Drafts && Terms(spec.Permission, held) is not null;
        var who = drafts ? words["help.by-procedure"] : Holds(spec.Permission, held, words);
        return spec
            .Options.Where(o => o.Permission is not null)
            .Aggregate(
                who,
                (said, option) =>
                    words.Say("help.with-option", said, option.Name, Holds(option.Permission, held, words))
            );
    }

    /// <summary>Who holds a permission.</summary>
    public static Text Holds(PermissionName? name, IReadOnlyDictionary<string, PermissionTerms> held, Phrasebook words)
    {
        return Terms(name, held) switch
        {
            null => words["help.nobody"],
            { HeldBy: HeldBy.Everybody } => words["help.everybody"],
            { HeldBy: HeldBy.People } => words["help.people"],
            { HeldBy: HeldBy.Roster } => words["help.on-roster"],
            { HeldBy: HeldBy.Procedure } => words["help.by-procedure"],
            { HeldBy: HeldBy.Concerned, Id: var id, Roles: var beside } => words.List([
                .. beside.Select(Text.FromString),
                words["help.concerned." + id.Replace('.', '-')],
            ]),
            { Roles: var roles } => words.List(roles.Select(Text.FromString)),
        };
    }

    /// <summary>Ids of the roles that have the command's permission; empty where it is not a matter of roles.</summary>
    public static IReadOnlyList<string> Roles(CommandSpec spec, IReadOnlyDictionary<string, PermissionTerms> held)
    {
        return Terms(spec.Permission, held)?.Roles ?? [];
    }

    private static PermissionTerms? Terms(PermissionName? name, IReadOnlyDictionary<string, PermissionTerms> held) =>
        name is null ? null : held.GetValueOrDefault(name.Id);
}
