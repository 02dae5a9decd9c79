using System.Globalization;
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

/// <summary>A piece of the answer; exactly one member is set, and <paramref name="Exit"/> is the last.</summary>
internal sealed record TerminalPiece(string? Out = null, string? Err = null, int? Exit = null)
{
    private const char Line = 'o';
    private const char ErrorLine = 'e';
    private const char End = 'x';

    /// <summary>
    /// As it goes over the socket, for whoever has no more than a shell: lines of which the first character says what
    /// the rest is. <c>o</c> is a line to show and <c>e</c> one of what went wrong, as capitals without an end of line;
    /// <c>x</c> is the exit code, and nothing comes after it.
    /// </summary>
    public string Written =>
        Exit is { } exit
            ? string.Create(CultureInfo.InvariantCulture, $"{End}{exit}\n")
            : Marked(Out ?? "", Line) + Marked(Err ?? "", ErrorLine);

    /// <summary>What one line over the socket says, without its end; null where it is none of these.</summary>
    public static TerminalPiece? Read(string line) =>
        line switch
        {
            [Line, .. var rest] => new TerminalPiece(Out: rest + "\n"),
            ['O', .. var rest] => new TerminalPiece(Out: rest),
            [ErrorLine, .. var rest] => new TerminalPiece(Err: rest + "\n"),
            ['E', .. var rest] => new TerminalPiece(Err: rest),
            [End, .. var rest] when int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var exit) =>
                new TerminalPiece(Exit: exit),
            _ => null,
        };

    private static string Marked(string text, char mark)
    {
        if (text.Length == 0)
        {
            return "";
        }

        var lines = text.Split('\n');
        var marked = string.Concat(lines[..^1].Select(line => $"{mark}{line}\n"));
        return lines[^1].Length == 0 ? marked : $"{marked}{char.ToUpperInvariant(mark)}{lines[^1]}\n";
    }
}

/// <summary>How requests are written, and data.</summary>
internal static class TerminalJson
{
    /// <summary>Of the answer.</summary>
    public const string ContentType = "text/plain; charset=utf-8";

    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

    /// <summary>How <c>--json</c> writes data: camel case, nothing left out, one document a line.</summary>
    public static JsonSerializerOptions Data => DataMask.Options;
}
