using System.Text.Json;

namespace Glancy.Sandbox.Stories;

/// <summary>Reading the answers of <c>--json</c>; what is not there reads as nothing.</summary>
public static class Look
{
    /// <summary>A value inside, by names: <c>At(run, "context", "hook")</c>.</summary>
    public static JsonElement At(this JsonElement data, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
        {
            data = data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var inner) ? inner : default;
        }

        return data;
    }

    /// <summary>The text of a value; empty when there is none.</summary>
    public static string Text(this JsonElement data, params string[] names)
    {
        var value = data.At(names);
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => "",
            JsonValueKind.String => value.GetString() ?? "",
            _ => value.GetRawText(),
        };
    }

    public static IReadOnlyList<JsonElement> List(this JsonElement data, params string[] names)
    {
        var value = data.At(names);
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
    }

    /// <summary>The element whose name has a value; nothing when there is none.</summary>
    public static JsonElement With(this IEnumerable<JsonElement> list, string name, string value) =>
        list.FirstOrDefault(e => e.Text(name) == value);

    public static DateTimeOffset? Time(this JsonElement data, params string[] names) =>
        data.At(names) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time)
            ? time
            : null;

    public static double? Number(this JsonElement data, params string[] names) =>
        data.At(names) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>Whether there is a value that is not null.</summary>
    public static bool Has(this JsonElement data, params string[] names) =>
        data.At(names).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
}
