using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Commands.Roster;

/// <summary>Who holds a role, and from when somebody else does, wherever a page speaks of duty.</summary>
internal static class DutyText
{
    /// <summary><c>wu from 22:00</c></summary>
    public static Text Next(DutyChange change, Names names)
    {
        return names.Words.Say("duty.next", names.Persons(change.After), TimeText.Minute(change.At));
    }

    /// <summary>The holders, and everybody to whom the role goes after them.</summary>
    /// <param name="changes">Those to be told of here; of other roles, too.</param>
    public static Text Holders(string role, Text holders, IReadOnlyList<DutyChange> changes, Names names)
    {
        return Text.Join(
            names.Words["duty.separator"],
            [holders, .. changes.Where(c => c.Role == role).Select(c => Next(c, names))]
        );
    }
}
