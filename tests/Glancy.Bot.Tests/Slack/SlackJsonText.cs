using System.Text.Encodings.Web;
using System.Text.Json;

namespace Glancy.Bot.Tests.Slack;

internal static class SlackJsonText
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>JSON with its letters as people read them.</summary>
    public static string Said(this JsonElement json) => JsonSerializer.Serialize(json, Readable);
}
