using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Glancy.Sandbox.Slack;

/// <summary>JSON as Slack writes it: names in snake_case, nothing where there is nothing.</summary>
internal static class SlackWire
{
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    public static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, Options);

    public static JsonObject Object(object value) =>
        JsonSerializer.SerializeToNode(value, Options) as JsonObject
        ?? throw new ArgumentException("Not an object.", nameof(value));

    /// <summary>The text of a member; null when there is none or it is no text.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A member; null when there is none or it is null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>The items of a member that is a list; none otherwise.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static bool IsTrue(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.True };
}
