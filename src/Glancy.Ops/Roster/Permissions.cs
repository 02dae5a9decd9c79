using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Roster;

/// <summary>
/// The one answer to who may do what now. Whatever takes a command asks it before any work; the desk asks again in its
/// transaction, when it knows what the command is about.
/// </summary>
public sealed class Permissions(RunbookHolder runbook, DutyRoster roster, TimeProvider clock)
{
    /// <summary>Who holds what, by the permission's id, for people to read.</summary>
    public IReadOnlyDictionary<string, PermissionTerms> Held => runbook.Current.Permissions;

    /// <summary>Whether the person may, now.</summary>
    public Task<PermissionAnswer> AskAsync(Person person, PermissionName name, CancellationToken cancellationToken) =>
        AskAsync(person, name, [], cancellationToken);

    /// <inheritdoc cref="AskAsync(Person, PermissionName, CancellationToken)"/>
    /// <param name="also">The roles that the thing at hand brings: those of its procedure.</param>
    public async Task<PermissionAnswer> AskAsync(
        Person person,
        PermissionName name,
        IReadOnlyList<string> also,
        CancellationToken cancellationToken
    )
    {
        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        return PermissionRule.Of(runbook.Current, onCall, person, name, also);
    }

    /// <summary>
    /// Why nobody like this may, whatever it is about; null where the person may, or where only the thing at hand can
    /// tell.
    /// </summary>
    /// <param name="person">Null for somebody who is not in the people list.</param>
    public async Task<Refusal?> AheadAsync(
        Person? person,
        string login,
        PermissionName name,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!runbook.Current.Permissions.TryGetValue(name.Id, out var permission))
        {
            return PermissionRule.Unnamed(name.Id);
        }

        return permission.HeldBy == HeldBy.Everybody ? null
            : person is null ? new Refusal("unknown-person", "§1.1", login)
            : permission.HeldBy == HeldBy.People || name.AsksTheThing ? null
            : (await AskAsync(person, name, cancellationToken)).Refusal;
    }
}
