using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Glancy.Ops.Alerts;

/// <summary>
/// Reads the body of Alertmanager's webhook, version 4. Only what is no such delivery at all is refused; a field that
/// cannot be read costs that field, and is named.
/// </summary>
public static class AlertPayload
{
    private const string Version = "4";
    private const int LongestKey = 16_000;
    private const int LongestFingerprint = 64;

    /// <summary>True with the delivery; false with what makes it none.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out AlertDelivery? delivery,
        out string problem
    )
    {
        (delivery, problem) = (null, "json");
        try
        {
            using var document = JsonDocument.Parse(body);
            problem = Problem(document.RootElement);
            delivery = problem.Length == 0 ? Delivery(document.RootElement) : null;
        }
        catch (JsonException)
        {
            // Not even that.
        }
        catch (InvalidOperationException)
        {
            // Half a character where one of its few fixed words is expected.
            problem = "text";
        }

        return delivery is not null;
    }

    /// <summary>
    /// What the first alert of a body is called that is too large to be read, from its beginning; empty when it does
    /// not stand there.
    /// </summary>
    public static string Called(ReadOnlySpan<byte> beginning)
    {
        var reader = new Utf8JsonReader(beginning, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                if (
                    reader.TokenType == JsonTokenType.PropertyName
                    && reader.ValueTextEquals("alertname"u8)
                    && reader.Read()
                    && reader.TokenType == JsonTokenType.String
                )
                {
                    return reader.GetString()?.Replace("\0", "", StringComparison.Ordinal) ?? "";
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Then it has no name.
        }

        return "";
    }

    private static string Problem(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object ? "body"
        : !root.TryGetProperty("version", out var version)
        || version.ValueKind != JsonValueKind.String
        || !version.ValueEquals(Version)
            ? "version"
        : !root.TryGetProperty("groupKey", out var key) || key.ValueKind != JsonValueKind.String || key.ValueEquals("")
            ? "groupKey"
        : !root.TryGetProperty("alerts", out var alerts)
        || alerts.ValueKind != JsonValueKind.Array
        || alerts.GetArrayLength() == 0
            ? "alerts"
        : "";

    private static AlertDelivery Delivery(JsonElement root)
    {
        var fields = new AlertFields();
        var key = fields.Text(root, "groupKey", "groupKey") ?? "";
        _ = Firing(fields, root, "status");
        return new AlertDelivery(
            key.Length <= LongestKey
                ? key
                : AlertFields.Cut(key, LongestKey)
                    + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))),
            fields.Text(root, "receiver", "receiver") ?? "",
            fields.Pairs(root, "groupLabels", "groupLabels"),
            fields.Pairs(root, "commonLabels", "commonLabels"),
            Truncated(fields, root),
            [
                .. root.GetProperty("alerts")
                    .EnumerateArray()
                    .Select(
                        (alert, i) => Alert(fields, alert, string.Create(CultureInfo.InvariantCulture, $"alerts[{i}]"))
                    )
                    .OfType<AlertFact>(),
            ]
        )
        {
            Source = Optional(fields, root, "externalURL", "externalURL"),
            Spoiled = fields.Spoiled,
        };
    }

    // What is no alert at all is the only one that is lost, and named.
    private static AlertFact? Alert(AlertFields fields, JsonElement alert, string place)
    {
        if (alert.ValueKind != JsonValueKind.Object)
        {
            fields.Spoil(place);
            return null;
        }

        var firing = Firing(fields, alert, place + ".status");
        var labels = fields.Pairs(alert, "labels", place + ".labels");
        return new AlertFact(
            Fingerprint(fields, alert, place + ".fingerprint", labels),
            firing,
            fields.Instant(alert, "startsAt", place + ".startsAt", needed: true) ?? AlertFact.Undated,
            firing ? null : fields.Instant(alert, "endsAt", place + ".endsAt", needed: true),
            labels,
            fields.Pairs(alert, "annotations", place + ".annotations"),
            Optional(fields, alert, "generatorURL", place + ".generatorURL")
        );
    }

    private static string Optional(AlertFields fields, JsonElement element, string name, string place) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? fields.Text(element, name, place) ?? ""
            : "";

    // What does not say that it is over fires.
    private static bool Firing(AlertFields fields, JsonElement element, string place)
    {
        var status = fields.Text(element, "status", place);
        if (status is not (null or "firing" or "resolved"))
        {
            fields.Spoil(place);
        }

        return status != "resolved";
    }

    private static string Fingerprint(
        AlertFields fields,
        JsonElement alert,
        string place,
        Dictionary<string, string> labels
    )
    {
        var given =
            alert.TryGetProperty("fingerprint", out var value) && value.ValueKind == JsonValueKind.String
                ? fields.Text(alert, "fingerprint", place) ?? ""
                : "";
        if (given.Length is > 0 and <= LongestFingerprint)
        {
            return given;
        }

        // By its labels, which is what makes an alert the same one.
        fields.Spoil(place);
        var all = string.Join(
            '\n',
            labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Key + "\0" + l.Value)
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 8));
    }

    private static int Truncated(AlertFields fields, JsonElement root)
    {
        if (!root.TryGetProperty("truncatedAlerts", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return 0;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0)
        {
            return count;
        }

        // Something was left out, or nobody knows: then nothing that it does not list is taken for over.
        fields.Spoil("truncatedAlerts");
        return 1;
    }
}
