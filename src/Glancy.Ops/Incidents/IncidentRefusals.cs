using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;

namespace Glancy.Ops.Incidents;

/// <summary>Why a word on an incident does not count.</summary>
internal static class IncidentRefusals
{
    /// <summary>Who is not on the roster has no say; null for who is.</summary>
    public static Refusal? Absent(Person person, OnCall onCall) => Duties.OnRoster(person, onCall)
        ? null
        : new Refusal("incident-not-on-roster", "§1.1", person.Id, string.Join(",", onCall.Holders.Values.SelectMany(p => p).Select(p => p.Id).Distinct()));

    /// <summary>There is none of that name, or it is over.</summary>
    public static Refusal NotOpen(string id, Incident? incident) => incident?.Closed is { } end
        ? new Refusal("incident-closed", "", id, end.By, end.At.ToString("O", CultureInfo.InvariantCulture))
        : new Refusal("unknown-incident", "", id);
}
