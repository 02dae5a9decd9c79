using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Glancy.Ops.Connectors.Bastion;

/// <summary>An answer of the agent: header lines, an empty line, bytes. Anything else does not parse.</summary>
internal sealed record BastionAnswer
{
    private const int HeaderLimit = 8192;
    private const long LastSecond = 253_402_300_799;

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private static readonly FrozenDictionary<string, BastionState> States = Enum.GetValues<BastionState>()
        .ToFrozenDictionary(state => state.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public BastionState State { get; private set; }

    public int? ExitCode { get; private set; }

    public string? ReasonCode { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset? Started { get; private set; }

    public DateTimeOffset? Finished { get; private set; }

    public string? Digest { get; private set; }

    public long Size { get; private set; }

    public bool Replayed { get; private set; }

    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Reads a whole answer.</summary>
    /// <param name="offset">Where the body begins in the output; null when the verb has no body.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        long? offset,
        [NotNullWhen(true)] out BastionAnswer? answer,
        [NotNullWhen(false)] out string? problem
    )
    {
        answer = null;
        var head = bytes.Span[..Math.Min(bytes.Length, HeaderLimit)].IndexOf("\n\n"u8);
        if (head < 0)
        {
            problem = "no end of the headers";
            return false;
        }

        var parsed = new BastionAnswer { Body = bytes[(head + 2)..] };
        problem = parsed.ReadHeaders(bytes.Span[..head]) ?? parsed.Inconsistency(offset);
        answer = problem is null ? parsed : null;
        return problem is null;
    }

    private string? ReadHeaders(ReadOnlySpan<byte> head)
    {
        string[] lines;
        try
        {
            lines = Strict.GetString(head).Split('\n');
        }
        catch (DecoderFallbackException)
        {
            return "the headers are not UTF-8";
        }

        if (lines[0] != BastionRequest.Protocol)
        {
            return "not the protocol";
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines.Skip(1))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (
                blank <= 0
                || line.Any(char.IsControl)
                || !seen.Add(line[..blank])
                || !Take(line[..blank], line[(blank + 1)..])
            )
            {
                return "a header is malformed";
            }
        }

        return seen.Contains("state") ? null : "no state";
    }

    private bool Take(string name, string value)
    {
        switch (name)
        {
            case "state":
                State = States.GetValueOrDefault(value);
                return States.ContainsKey(value);
            case "exit":
                ExitCode = Number(value, 255) is { } exit ? (int)exit : null;
                return ExitCode is not null;
            case "reason":
                var words = value.Split(' ', 2);
                (ReasonCode, Reason) = (words[0], words.Length > 1 ? words[1] : "");
                return words[0].Length > 0;
            case "started":
                Started = Instant(value);
                return Started is not null;
            case "finished":
                Finished = Instant(value);
                return Finished is not null;
            case "size":
                Size = Number(value, long.MaxValue) ?? -1;
                return Size >= 0;
            case "digest":
                Digest = value;
                return value.Length == 64 && value.All(char.IsAsciiHexDigitLower);
            case "replayed":
                Replayed = true;
                return value == "true";
            default:
                return false;
        }
    }

    private string? Inconsistency(long? offset) =>
        this switch
        {
            { State: BastionState.Exited or BastionState.Cancelled, ExitCode: null } => "an end without an exit code",
            { State: BastionState.Refused or BastionState.Unknown or BastionState.Absent, ReasonCode: null } =>
                "no reason",
            { State: BastionState.Refused or BastionState.Absent, Body.Length: 0 } => null,
            _ when Body.Length != (offset is { } from ? Math.Max(0, Size - from) : 0) => "the body is cut or too long",
            _ => null,
        };

    private static long? Number(string value, long largest) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= largest
            ? number
            : null;

    private static DateTimeOffset? Instant(string value) =>
        Number(value, LastSecond) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
