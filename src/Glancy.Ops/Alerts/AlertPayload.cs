using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Glancy.Ops.Alerts;

/// <summary>Reads the body of Alertmanager's webhook, version 4. What is wrong is named by its place, for the sender's log.</summary>
public static class AlertPayload
{
    private const string Version = "4";
    private const int LongestKey = 16_000;
    private const int LongestFingerprint = 64;
    private const int MostLabels = 200;
    private const int LongestPlace = 200;

    /// <summary>True with the delivery; false with the place that is wrong.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out AlertDelivery? delivery, out string problem)
    {
        (delivery, problem) = (null, "");
        try
        {
            using var document = JsonDocument.Parse(body);
            delivery = Delivery(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            problem = "json";
        }
        catch (InvalidOperationException)
        {
            // Text that is no Unicode.
            problem = "text";
        }
        catch (WrongPlaceException wrong)
        {
            // A label's name may be as long as the body.
            problem = wrong.Message.Length <= LongestPlace ? wrong.Message : wrong.Message[..LongestPlace] + "...";
        }

        return false;
    }

    private static AlertDelivery Delivery(JsonElement root)
    {
        Expect(root.ValueKind == JsonValueKind.Object, "body");
        Expect(Text(root, "version", "version") == Version, "version");
        var key = Text(root, "groupKey", "groupKey");
        Expect(key.Length is > 0 and <= LongestKey, "groupKey");
        _ = Firing(root, "status");
        var truncated = root.TryGetProperty("truncatedAlerts", out var cut) ? cut : default;
        Expect(truncated.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || (truncated.ValueKind == JsonValueKind.Number && truncated.TryGetInt32(out var n) && n >= 0), "truncatedAlerts");
        Expect(root.TryGetProperty("alerts", out var alerts) && alerts.ValueKind == JsonValueKind.Array && alerts.GetArrayLength() > 0, "alerts");
        return new AlertDelivery(
            key,
            Text(root, "receiver", "receiver"),
            Pairs(root, "groupLabels", "groupLabels"),
            Pairs(root, "commonLabels", "commonLabels"),
            truncated.ValueKind == JsonValueKind.Number ? truncated.GetInt32() : 0,
            [.. alerts.EnumerateArray().Select((alert, i) => Alert(alert, string.Create(CultureInfo.InvariantCulture, $"alerts[{i}]")))]);
    }

    private static AlertFact Alert(JsonElement alert, string place)
    {
        Expect(alert.ValueKind == JsonValueKind.Object, place);
        var fingerprint = Text(alert, "fingerprint", place + ".fingerprint");
        Expect(fingerprint.Length is > 0 and <= LongestFingerprint, place + ".fingerprint");
        var firing = Firing(alert, place + ".status");
        var starts = Instant(alert, "startsAt", place + ".startsAt");
        Expect(starts is not null, place + ".startsAt");
        return new AlertFact(
            fingerprint,
            firing,
            starts ?? default,
            firing ? null : Instant(alert, "endsAt", place + ".endsAt"),
            Pairs(alert, "labels", place + ".labels"),
            Pairs(alert, "annotations", place + ".annotations"),
            alert.TryGetProperty("generatorURL", out _) ? Text(alert, "generatorURL", place + ".generatorURL") : "");
    }

    private static bool Firing(JsonElement element, string place) => Text(element, "status", place) switch
    {
        "firing" => true,
        "resolved" => false,
        _ => throw new WrongPlaceException(place),
    };

    // The year 1 is how an instant that there is not is written. PostgreSQL keeps microseconds: what is compared later is what was kept.
    private static DateTimeOffset? Instant(JsonElement element, string name, string place)
    {
        Expect(element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String, place);
        Expect(DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at), place);
        at = at.ToUniversalTime();
        return at.Year == 1 ? null
            : at.Year is < 1970 or > 9000 ? throw new WrongPlaceException(place)
            : at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private static Dictionary<string, string> Pairs(JsonElement element, string name, string place)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return pairs;
        }

        Expect(value.ValueKind == JsonValueKind.Object, place);
        foreach (var pair in value.EnumerateObject())
        {
            Expect(pair.Value.ValueKind == JsonValueKind.String && pairs.Count < MostLabels, $"{place}.{pair.Name}");
            pairs[Clean(pair.Name, place)] = Clean(pair.Value.GetString(), place);
        }

        return pairs;
    }

    private static string Text(JsonElement element, string name, string place)
    {
        Expect(element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String, place);
        return Clean(value.GetString(), place);
    }

    // The database takes no zero byte.
    private static string Clean(string? text, string place) =>
        text is not null && !text.Contains('\0', StringComparison.Ordinal) ? text : throw new WrongPlaceException(place);

    private static void Expect([DoesNotReturnIf(false)] bool holds, string place)
    {
        if (!holds)
        {
            throw new WrongPlaceException(place);
        }
    }

    private sealed class WrongPlaceException(string place) : Exception(place);
}
