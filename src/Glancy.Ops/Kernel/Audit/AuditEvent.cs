using System.Text;
using System.Text.Json;

namespace Glancy.Ops.Kernel.Audit;

/// <summary>
/// One audit event (rule 11, §8): who did what to what, from which value to which, by which command, in which run and
/// incident.
/// </summary>
public sealed record AuditEntry(string Actor, string Action, string Target)
{
    public string? Role { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Command { get; init; }

    public string? Run { get; init; }

    public string? Incident { get; init; }

    public IReadOnlyDictionary<string, string>? Detail { get; init; }

    /// <summary>
    /// The canonical bytes that are hashed: UTF-8 JSON, members in ordinal order, no white space, absent members left
    /// out, times in UTC to the microsecond, which is what the database keeps.
    /// </summary>
    public byte[] Canonical(DateTimeOffset at)
    {
        var members = new SortedDictionary<string, string?>(StringComparer.Ordinal)
        {
            ["action"] = Action,
            ["actor"] = Actor,
            ["after"] = After,
            ["at"] = at.UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
                System.Globalization.CultureInfo.InvariantCulture
            ),
            ["before"] = Before,
            ["command"] = Command,
            ["incident"] = Incident,
            ["role"] = Role,
            ["run"] = Run,
            ["target"] = Target,
        };
        using var buffer = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions
                {
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                if (name == "incident" && Detail is { Count: > 0 })
                {
                    // "detail" sorts between "command" and "incident".
                    writer.WriteStartObject("detail");
                    foreach (var (key, item) in Detail.OrderBy(d => d.Key, StringComparer.Ordinal))
                    {
                        writer.WriteString(key, item);
                    }

                    writer.WriteEndObject();
                }

                if (value is not null)
                {
                    writer.WriteString(name, value);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}

/// <summary>An event as it stands in the chain.</summary>
public sealed record AuditEvent
{
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string? Role { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    public required string? Before { get; init; }

    public required string? After { get; init; }

    public required string? Command { get; init; }

    public required string? Run { get; init; }

    public required string? Incident { get; init; }

    public required IReadOnlyDictionary<string, string> Detail { get; init; }

    /// <summary>
    /// Hex SHA-256 over the hash of <see cref="Seq"/>-1, the sequence number and the canonical bytes.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>The action of an event that nobody can read any more.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>
    /// What is wrong with a row by itself: null, <c>malformed</c> when its body is no event, <c>body</c> when the row's
    /// time or the copy that is searched differs from it.
    /// </summary>
    /// <param name="written">The row's time, as the body writes it; null when it has none.</param>
    internal static string? Problem(byte[] body, string? written, string searched)
    {
        try
        {
            using var hashed = JsonDocument.Parse(body);
            using var copy = JsonDocument.Parse(searched);
            var at = hashed.RootElement.GetProperty("at").GetString();
            var readable =
                Read(0, default, hashed.RootElement, []) is { Actor.Length: > 0, Action.Length: > 0 } && at is not null;
            return !readable ? "malformed"
                : at == written && JsonElement.DeepEquals(hashed.RootElement, copy.RootElement) ? null
                : "body";
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            return "malformed";
        }
    }

    /// <summary>The event; one that cannot be read is shown as that, with its place and hash.</summary>
    internal static AuditEvent Parse(long seq, DateTimeOffset at, byte[] body, byte[] hash)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(seq, at, document.RootElement, hash);
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            return new AuditEvent
            {
                Seq = seq,
                At = at,
                Actor = "?",
                Role = null,
                Action = Unreadable,
                Target = "?",
                Before = null,
                After = null,
                Command = null,
                Run = null,
                Incident = null,
                Detail = new Dictionary<string, string>(),
                Hash = Convert.ToHexStringLower(hash),
            };
        }
    }

    /// <summary>
    /// One line for an export: the canonical document with its place in the chain; a body that is none, byte by byte.
    /// </summary>
    internal static string ExportLine(long seq, byte[] body, byte[] hash)
    {
        var place = $"{{\"seq\":{seq},\"hash\":\"{Convert.ToHexStringLower(hash)}\"";
        try
        {
            using var document = JsonDocument.Parse(body);
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
            if (!text.Contains('\n', StringComparison.Ordinal))
            {
                return $"{place},\"event\":{text}}}";
            }
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            // As bytes, then.
        }

        return $"{place},\"unreadable\":\"{Convert.ToBase64String(body)}\"}}";
    }

    // Another shape, another kind of value, a member that is missing or twice, or text that is none.
    private static bool IsBroken(Exception e) =>
        e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException;

    private static AuditEvent Read(long seq, DateTimeOffset at, JsonElement root, byte[] hash)
    {
        string? Member(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        var detail = root.TryGetProperty("detail", out var d)
            ? d.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "")
            : [];
        return new AuditEvent
        {
            Seq = seq,
            At = at,
            Actor = Member("actor") ?? "",
            Role = Member("role"),
            Action = Member("action") ?? "",
            Target = Member("target") ?? "",
            Before = Member("before"),
            After = Member("after"),
            Command = Member("command"),
            Run = Member("run"),
            Incident = Member("incident"),
            Detail = detail,
            Hash = Convert.ToHexStringLower(hash),
        };
    }
}
