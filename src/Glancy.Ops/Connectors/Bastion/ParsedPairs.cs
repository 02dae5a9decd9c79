namespace Glancy.Ops.Connectors.Bastion;

/// <summary>
/// What a command printed as one pair per line, read strictly: a line that is no pair, a name twice, or a control
/// character spoils the whole, because half an answer must not pass for one.
/// </summary>
/// <param name="Values">Empty when <paramref name="Problem"/> is set, and when nothing was printed.</param>
/// <param name="Problem">Line number and what is wrong with it; null when all is well.</param>
internal sealed record ParsedPairs(IReadOnlyDictionary<string, string> Values, string? Problem)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Every line was a pair.</summary>
    public bool Ok => Problem is null;

    /// <summary>The value of a name; null when it is missing or the whole did not parse.</summary>
    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>Lines of <c>name: value</c>, as <c>releasectl stage status</c> prints them.</summary>
    public static ParsedPairs OfColons(string text) => Parse(text, ": ");

    /// <summary>
    /// Lines of <c>name=value</c>, as <c>configctl</c> prints them. The value may hold further equals signs.
    /// </summary>
    public static ParsedPairs OfEquals(string text) => Parse(text, "=");

    private static ParsedPairs Parse(string text, string separator)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var body = text.EndsWith('\n') ? text[..^1] : text;
        if (body.Length == 0)
        {
            return new ParsedPairs(values, null);
        }

        var number = 0;
        foreach (var line in body.Split('\n'))
        {
            number++;
            var at = line.IndexOf(separator, StringComparison.Ordinal);
            if (at <= 0)
            {
                return Wrong(number, "not a pair");
            }

            var (name, value) = (line[..at], line[(at + separator.Length)..]);
            if (!name.All(IsNameCharacter))
            {
                return Wrong(number, "not a name");
            }

            if (value.Length == 0 || value != value.Trim() || value.Any(c => char.IsControl(c) || c == '\uFFFD'))
            {
                return Wrong(number, "not a value");
            }

            if (!values.TryAdd(name, value))
            {
                return Wrong(number, "a name twice");
            }
        }

        return new ParsedPairs(values, null);
    }

    private static bool IsNameCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';

    private static ParsedPairs Wrong(int line, string what) => new(None, $"line {line}: {what}");
}
