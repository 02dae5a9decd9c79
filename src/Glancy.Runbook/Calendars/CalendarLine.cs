using System.Text;

namespace Glancy.Runbook.Calendars;

/// <summary>One content line (RFC 5545 3.1), unfolded.</summary>
/// <param name="Line">One-based, where it begins.</param>
/// <param name="Name">In capitals.</param>
/// <param name="Parameters">By name in capitals; of several values of one the first.</param>
/// <param name="Value">As it stands; see <see cref="Text"/>.</param>
internal sealed record CalendarLine(int Line, string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>The value of a property that holds text (3.3.11).</summary>
    public string Text => Unescaped(Value).Trim();

    public string? Parameter(string name) => Parameters.GetValueOrDefault(name);

    /// <summary>The lines of a text with their numbers, folded ones put together; empty ones are left out.</summary>
    public static IEnumerable<(int Line, string Text)> Unfold(string text)
    {
        var (begun, whole) = (0, new StringBuilder());
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            var line = raw.TrimEnd('\r');
            if (line.Length > 0 && line[0] is ' ' or '\t' && begun > 0)
            {
                whole.Append(line.AsSpan(1));
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                if (begun > 0)
                {
                    yield return (begun, whole.ToString());
                }

                begun = index + 1;
                whole.Clear().Append(line);
            }
        }

        if (begun > 0)
        {
            yield return (begun, whole.ToString());
        }
    }

    /// <summary>Null for what is none.</summary>
    public static CalendarLine? Of(int number, string text)
    {
        var parts = Parts(text);
        if (
            parts is not [var name, .., var value]
            || name.Length == 0
            || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        )
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parts[1..^1])
        {
            if (parameter.Split('=', 2) is not [var key, var said])
            {
                return null;
            }

            parameters.TryAdd(key.ToUpperInvariant(), said.Trim().Trim('"'));
        }

        return new CalendarLine(number, name.ToUpperInvariant(), parameters, value);
    }

    /// <summary>Text without the backslashes that protect its commas, semicolons and ends of lines.</summary>
    public static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(
                text[i] != '\\' || i + 1 == text.Length ? text[i]
                : text[++i] is 'n' or 'N' ? '\n'
                : text[i]
            );
        }

        return plain.ToString();
    }

    // The name, each parameter, and the value, which begins at the first colon that no quotes hold; empty without one.
    private static List<string> Parts(string text)
    {
        var (parts, from, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            if (!quoted && text[i] is ';' or ':')
            {
                parts.Add(text[from..i]);
                from = i + 1;
                if (text[i] == ':')
                {
                    return [.. parts, text[from..]];
                }
            }
        }

        return [];
    }
}
