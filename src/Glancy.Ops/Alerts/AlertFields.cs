using System.Globalization;
using System.Text.Json;

namespace Glancy.Ops.Alerts;

/// <summary>
/// Reads the fields of a delivery one by one. What is wrong with one costs that field, or that character, and is named
/// by its place: whatever else is told of is told of.
/// </summary>
internal sealed class AlertFields
{
    private const int MostLabels = 200;
    private const int MostPlaces = 20;
    private const int LongestPlace = 200;

    // What stands where a character or a text cannot.
    private const char Instead = '\ufffd';

    private readonly List<string> spoiled = [];

    public IReadOnlyList<string> Spoiled => spoiled;

    /// <summary>At most so many characters, none of them half.</summary>
    public static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + "…";

    /// <summary>Remembers a place; a label's name may be as long as the body.</summary>
    public void Spoil(string place)
    {
        if (spoiled.Count < MostPlaces)
        {
            spoiled.Add(Cut(place, LongestPlace));
        }
    }

    /// <summary>The text; null where there is none.</summary>
    public string? Text(JsonElement element, string name, string place)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            Spoil(place);
            return null;
        }

        return Written(value, place);
    }

    /// <summary>
    /// An instant to the microsecond, which is what PostgreSQL keeps and what is compared later. Null for the year 1,
    /// which is how an instant that there is not is written.
    /// </summary>
    /// <param name="needed">Whether there has to be one.</param>
    public DateTimeOffset? Instant(JsonElement element, string name, string place, bool needed)
    {
        var text =
            element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? Written(value, place)
                : null;
        var read =
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at.UtcDateTime.Year is 1 or (>= 1970 and <= 9000);
        if (!read || (needed && at.UtcDateTime.Year == 1))
        {
            Spoil(place);
            return null;
        }

        at = at.ToUniversalTime();
        return at.Year == 1 ? null : at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public Dictionary<string, string> Pairs(JsonElement element, string name, string place)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return pairs;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Spoil(place);
            return pairs;
        }

        foreach (var pair in value.EnumerateObject())
        {
            if (pairs.Count >= MostLabels)
            {
                Spoil(place);
                break;
            }

            var key = Name(pair, place);
            pairs[key] = Written(pair.Value, $"{place}.{key}");
        }

        return pairs;
    }

    private string Name(JsonProperty pair, string place)
    {
        try
        {
            return Clean(pair.Name, place);
        }
        catch (InvalidOperationException)
        {
            // No Unicode.
            Spoil(place);
            return Instead.ToString();
        }
    }

    // Another kind of value than a text is taken as it is written.
    private string Written(JsonElement value, string place)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                return Clean(value.GetString() ?? "", place);
            }

            Spoil(place);
            return value.ValueKind == JsonValueKind.Null ? "" : Clean(value.GetRawText(), place);
        }
        catch (InvalidOperationException)
        {
            Spoil(place);
            return Instead.ToString();
        }
    }

    // The database takes no zero byte.
    private string Clean(string text, string place)
    {
        if (!text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        Spoil(place);
        return text.Replace('\0', Instead);
    }
}
