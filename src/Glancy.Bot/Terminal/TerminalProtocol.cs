using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Glancy.Bot.Commands.Masking;

namespace Glancy.Bot.Terminal;

/// <summary>What the client asks over the socket: <c>POST /terminal</c>.</summary>
/// <param name="As">Who is stood in for; in the sandbox only.</param>
/// <param name="Culture">The asker's language; null when the environment does not say.</param>
/// <param name="Width">Columns.</param>
/// <param name="Program">How the asker started it, so that commands can be pasted; null: <c>glancy</c>.</param>
internal sealed record TerminalRequest(
    IReadOnlyList<string> Argv,
    string? As,
    string? Culture,
    int Width,
    bool Colour,
    string? Program = null
);

/// <summary>One line of the answer; exactly one member is set, and <paramref name="Exit"/> is the last.</summary>
internal sealed record TerminalLine(string? Out = null, string? Err = null, int? Exit = null);

/// <summary>How requests and lines are written.</summary>
internal static class TerminalJson
{
    public const string ContentType = "application/x-ndjson";

    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    /// <summary>How <c>--json</c> writes data: camel case, nothing left out, one document a line.</summary>
    public static JsonSerializerOptions Data => DataMask.Options;
}
