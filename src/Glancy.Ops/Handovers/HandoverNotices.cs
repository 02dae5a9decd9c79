using System.Globalization;
using Glancy.Ops.Notices;

namespace Glancy.Ops.Handovers;

/// <summary>What a handover says of itself.</summary>
public static class HandoverNotices
{
    /// <summary>The template of the card, drawn anew from the handover as it stands.</summary>
    public const string CardTemplate = "card-handover";

    /// <summary>The card; the shift's thread hangs from it.</summary>
    public static NoticeDraft Card(DateTimeOffset boundary, HandoverFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new NoticeDraft(
            Handover.KeyOf(boundary),
            "card",
            CardTemplate,
            new Dictionary<string, string>
            {
                ["boundary_at"] = boundary.ToString("O", CultureInfo.InvariantCulture),
                ["given"] = facts.Incoming.GetValueOrDefault("primary", []) is [var first, ..] ? first : "",
            }
        );
    }
}
