using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Glancy.Bot.Commands.Masking;

/// <summary>Documents, every text of which is masked.</summary>
public static class DataMask
{
    /// <summary>How data is written: camel case, nothing left out, codes as words.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };

    /// <summary>The data as a document, masked; null stays null.</summary>
    public static JsonNode? Of(object data, PageMask mask)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(mask);
        return Of(JsonSerializer.SerializeToNode(data, data.GetType(), Options), mask);
    }

    /// <summary>
    /// A line of a file. One in which nothing is masked stays as it is, byte by byte; a document is masked text by
    /// text.
    /// </summary>
    public static string Line(string line, PageMask mask)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(mask);
        JsonNode? document;
        try
        {
            document = JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            return mask.Of(line);
        }

        var before = document?.ToJsonString(Options);
        var masked = Of(document, mask)?.ToJsonString(Options);
        return masked is null || masked == before ? line : masked;
    }

    private static JsonNode? Of(JsonNode? node, PageMask mask)
    {
        switch (node)
        {
            case JsonObject members:
                // A name may be data too, as in a table of users.
                return new JsonObject(
                    members
                        .ToList()
                        .Select(m => KeyValuePair.Create(mask.Of(m.Key), Of(m.Value?.DeepClone(), mask)))
                        .DistinctBy(m => m.Key)
                );
            case JsonArray items:
                return new JsonArray([.. items.Select(i => Of(i?.DeepClone(), mask))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return JsonValue.Create(mask.Of(value.GetValue<string>()));
            default:
                return node;
        }
    }
}
