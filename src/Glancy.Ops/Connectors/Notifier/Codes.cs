using System.Globalization;
using System.Text.Json;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>Reads the answers of group robots: 200 always, and a number that is 0 when it was taken.</summary>
internal static class Codes
{
    /// <param name="names">Where the number may stand.</param>
    /// <param name="tooOften">The numbers that mean "later".</param>
    public static SendResult Read(JsonElement? answer, IReadOnlyList<string> names, params int[] tooOften)
    {
        if (answer is not { ValueKind: JsonValueKind.Object } document)
        {
            return new SendResult.Failed("no-answer", null);
        }

        foreach (var name in names)
        {
            if (
                document.TryGetProperty(name, out var number)
                && number.ValueKind == JsonValueKind.Number
                && number.TryGetInt32(out var code)
            )
            {
                var why = string.Create(CultureInfo.InvariantCulture, $"code-{code}");
                return code == 0 ? new SendResult.Taken()
                    : tooOften.Contains(code) || code == -1 ? new SendResult.Failed(why, null)
                    : new SendResult.Refused(why);
            }
        }

        return new SendResult.Failed("no-code", null);
    }
}
