using System.Globalization;
using Glancy.Ops.Kernel;

namespace Glancy.Ops.Incidents;

/// <summary>Why a word on an incident does not count.</summary>
internal static class IncidentRefusals
{
    /// <summary>There is none of that name, or it is over.</summary>
    public static Refusal NotOpen(string id, Incident? incident) =>
        incident?.Closed is { } end
            ? new Refusal("incident-closed", "", id, end.By, end.At.ToString("O", CultureInfo.InvariantCulture))
            : new Refusal("unknown-incident", "", id);
}
