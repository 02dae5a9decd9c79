using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Roster;

/// <summary>
/// Who may take, give and end a role for a while (§1.1); pure. Each is null where nothing stands in the way.
/// </summary>
public static class OverrideRules
{
    /// <summary>The role that is told of what somebody takes.</summary>
    public const string Manager = "release-manager";

    private static readonly TimeSpan LongestTaken = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestGiven = TimeSpan.FromDays(31);

    /// <summary>Primary and Secondary are taken by whoever takes turns in them, and by release managers.</summary>
    public static Refusal? Take(
        RunbookContent content,
        OnCall onCall,
        Person person,
        string role,
        DateTimeOffset now,
        DateTimeOffset until
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(onCall);
        ArgumentNullException.ThrowIfNull(person);
        return Unknown(content, role)
            ?? (content.Roles[role].ByShift ? null : new Refusal("role-not-taken", "§1.1", role))
            ?? (
                TakesTurns(content, person) || Managing(content, onCall, person, PermissionNames.RosterTake) is null
                    ? null
                    : new Refusal("takes-no-turns", "§1.1", person.Id, role, Managers(content, onCall))
            )
            ?? (
                onCall.Holders.GetValueOrDefault(role, []) is [var only] && only.Id == person.Id
                    ? new Refusal("role-held-already", "§1.1", person.Id, role)
                    : null
            )
            ?? Time(now, now, until, LongestTaken);
    }

    /// <summary>A release manager gives any role to anybody in the people list.</summary>
    public static Refusal? Give(
        RunbookContent content,
        OnCall onCall,
        Person person,
        RosterOverride change,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(change);
        return Managing(content, onCall, person, PermissionNames.RosterGive)
            ?? Unknown(content, change.Role)
            ?? Nobody(content, change.Person)
            ?? Time(now, change.From, change.To, LongestGiven);
    }

    /// <summary>Who holds the role by it ends it, and a release manager.</summary>
    public static Refusal? End(
        RunbookContent content,
        OnCall onCall,
        Person person,
        EnteredOverride entered,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(entered);
        return entered.EndedAt is not null || entered.Change.To <= now
                ? new Refusal("override-ended", "§1.1", entered.Name)
            : entered.Change.Person == person.Id ? null
            : Managing(content, onCall, person, PermissionNames.RosterEnd);
    }

    /// <summary>Who holds a role, as ids between commas; empty for nobody.</summary>
    public static string Persons(OnCall onCall, string role)
    {
        ArgumentNullException.ThrowIfNull(onCall);
        return string.Join(',', onCall.Holders.GetValueOrDefault(role, []).Select(p => p.Id));
    }

    /// <summary>Somebody who is not in the people list, or null.</summary>
    public static Refusal? Nobody(RunbookContent content, string person) =>
        content.People.ContainsKey(person)
            ? null
            : NotRecognised.Person(
                new Recognised(null, false, PersonNames.Find(content.People.Values, person).Others),
                person
            );

    // Who takes turns knows the runbook and its tools.
    private static bool TakesTurns(RunbookContent content, Person person) =>
        content.Roster.Rotation.Any(week => week.Shifts.Values.Any(shift => shift.Values.Contains(person.Id)));

    private static Refusal? Managing(RunbookContent content, OnCall onCall, Person person, PermissionName permission) =>
        PermissionRule.Of(content, onCall, person, permission).Refusal;

    private static string Managers(RunbookContent content, OnCall onCall) =>
        string.Join(
            ',',
            PermissionRule
                .Wanted(content, PermissionNames.RosterTake)
                .SelectMany(role => onCall.Holders.GetValueOrDefault(role, []))
                .Select(p => p.Id)
                .Distinct()
        );

    private static Refusal? Unknown(RunbookContent content, string role) =>
        content.Roles.ContainsKey(role)
            ? null
            : NotRecognised.Role(
                new Recognised(null, false, RoleNames.Find(content.Roles.Values, [], role).Others),
                role
            );

    private static Refusal? Time(DateTimeOffset now, DateTimeOffset from, DateTimeOffset until, TimeSpan longest) =>
        until <= from || until <= now ? new Refusal("override-backwards", "§1.1", Instant(from), Instant(until))
        : until - from > longest
            ? new Refusal("override-too-long", "§1.1", ((int)longest.TotalHours).ToString(CultureInfo.InvariantCulture))
        : null;

    private static string Instant(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
