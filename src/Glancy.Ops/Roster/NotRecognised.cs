using Glancy.Ops.Kernel;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>
/// Why a word for a person or a role is not taken: whom or which it may mean, or what is nearest; null when it means
/// one.
/// </summary>
public static class NotRecognised
{
    public static Refusal? Person(Recognised found, string said) => Of(found, said, "ambiguous-person", "bad-person");

    public static Refusal? Role(Recognised found, string said) => Of(found, said, "ambiguous-role", "bad-role");

    private static Refusal? Of(Recognised found, string said, string ambiguous, string bad)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found.Id is not null ? null : new Refusal(found.Ambiguous ? ambiguous : bad, "§1.1", said, found.Listed);
    }
}
