using System.Globalization;
using System.Text.Json;

namespace Glancy.Sandbox.Slack.Api;

/// <summary>One call of a method.</summary>
/// <param name="Arguments">An object: from JSON as it came, from a form or a query all texts.</param>
internal sealed record ApiCall(string Method, JsonElement Arguments)
{
    /// <summary>A text, a number or a flag as text; null when it was left out or is empty.</summary>
    public string? Text(string name) =>
        Arguments.Member(name) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } given ? given : null,
            { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other =>
                other.GetRawText(),
            _ => null,
        };

    public bool Flag(string name) => Text(name) is "true" or "1";

    public int Number(string name, int otherwise, int most) =>
        int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0
            ? Math.Min(given, most)
            : otherwise;

    /// <summary>
    /// A list or an object; a form carries it as JSON text. Null when it was left out or cannot be read.
    /// </summary>
    public JsonElement? Json(string name)
    {
        if (Arguments.Member(name) is not { ValueKind: JsonValueKind.String } text)
        {
            return Arguments.Member(name);
        }

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text.GetString() ?? "");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Names that stand in a list, or with commas between them.</summary>
    public IReadOnlyList<string> Names(string name) =>
        Arguments.Member(name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(n => n.ToString())]
            :
            [
                .. (Text(name) ?? "").Split(
                    ',',
                    StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                ),
            ];
}
