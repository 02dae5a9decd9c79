namespace Glancy.Runbook.Masking;

/// <summary>A place in a text and what it is shown as.</summary>
/// <param name="Rule">The rule's id.</param>
public readonly record struct MaskedPlace(int Start, int Length, string Rule, string Instead);

/// <summary>What became of one text.</summary>
/// <param name="Places">In their order, not overlapping.</param>
/// <param name="Revealed">Ids of rules whose values are shown because the asker may see them, one for each
/// value.</param>
public sealed record Masked(IReadOnlyList<MaskedPlace> Places, IReadOnlyList<string> Revealed)
{
    public static Masked Nothing { get; } = new([], []);

    /// <summary>The text as it may be shown.</summary>
    public string In(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Places.Count == 0)
        {
            return text;
        }

        var shown = new System.Text.StringBuilder(text.Length);
        var from = 0;
        foreach (var place in Places)
        {
            shown.Append(text, from, place.Start - from).Append(place.Instead);
            from = place.Start + place.Length;
        }

        return shown.Append(text, from, text.Length - from).ToString();
    }
}
