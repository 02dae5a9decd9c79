using System.Globalization;

namespace Glancy.Runbook.Differences;

/// <summary>
/// Collects differences. What cannot be judged - a query, a command, a statement - counts as looser: nobody may take it
/// for harmless.
/// </summary>
internal sealed class Changes
{
    public const string Nothing = "-";

    private const int Longest = 160;
    private const int Lead = 40;
    private readonly List<RunbookChange> found = [];

    public IReadOnlyList<RunbookChange> Found => found;

    /// <summary>A difference that loosens nothing, whichever way it goes.</summary>
    public void Plain(string where, object? before, object? after) => Judged(where, before, after, looser: false);

    /// <summary>A difference that cannot be judged.</summary>
    public void Altered(string where, object? before, object? after) => Judged(where, before, after, looser: true);

    /// <summary>Loosened when the switch goes to the given side.</summary>
    public void Switch(string where, bool before, bool after, bool looserWhen) =>
        Judged(where, before, after, after == looserWhen);

    /// <summary>A number or duration of which more is looser. None at all has to be judged by the caller.</summary>
    public void LessIsTighter<T>(string where, T before, T after)
        where T : IComparable<T> => Judged(where, before, after, after.CompareTo(before) > 0);

    /// <summary>A number or duration of which less is looser.</summary>
    public void MoreIsTighter<T>(string where, T before, T after)
        where T : IComparable<T> => Judged(where, before, after, after.CompareTo(before) < 0);

    /// <summary>A set that is looser when it has gained something it did not hold, or lost something it did.</summary>
    public void Set(
        string where,
        IEnumerable<string> before,
        IEnumerable<string> after,
        bool gainIsLooser,
        bool lossIsLooser
    )
    {
        var (old, now) = (before.ToHashSet(StringComparer.Ordinal), after.ToHashSet(StringComparer.Ordinal));
        if (!old.SetEquals(now))
        {
            Add(
                where,
                Text(old.Order(StringComparer.Ordinal)),
                Text(now.Order(StringComparer.Ordinal)),
                (gainIsLooser && now.Except(old).Any()) || (lossIsLooser && old.Except(now).Any())
            );
        }
    }

    /// <summary>Entries by id: those that are new or gone, and those in both.</summary>
    public void Entries<T>(
        string where,
        IEnumerable<T> before,
        IEnumerable<T> after,
        Func<T, string> id,
        Func<T, bool> newIsLooser,
        Func<T, bool> goneIsLooser,
        Action<string, T, T> both
    )
    {
        var old = before.ToDictionary(id, StringComparer.Ordinal);
        var now = after.ToDictionary(id, StringComparer.Ordinal);
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var path = $"{where}/{name}";
            switch (old.TryGetValue(name, out var was), now.TryGetValue(name, out var @is))
            {
                case (true, true) when was is not null && @is is not null:
                    both(path, was, @is);
                    break;
                case (true, false) when was is not null:
                    Add(path, name, Nothing, goneIsLooser(was));
                    break;
                case (false, true) when @is is not null:
                    Add(path, Nothing, name, newIsLooser(@is));
                    break;
            }
        }
    }

    public void Judged(string where, object? before, object? after, bool looser)
    {
        var (old, now) = (Text(before), Text(after));
        if (old != now)
        {
            Add(where, old, now, looser);
        }
    }

    private void Add(string where, string before, string after, bool looser)
    {
        var (old, now) = (Line(before), Line(after));
        var same = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var from = old.Length <= Longest && now.Length <= Longest ? 0 : Math.Max(0, same - Lead);
        found.Add(new RunbookChange(where, Part(old, from), Part(now, from), looser));
    }

    private static string Text(object? value) =>
        value switch
        {
            null => Nothing,
            string text => text,
            bool yes => yes ? "true" : "false",
            Words words => $"{words.Zh} / {words.En}",
            IEnumerable<string> items => string.Join(", ", items),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? Nothing,
        };

    private static string Line(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } line
            ? line
            : Nothing;

    // Of a long text the part around the first difference; the whole of it is in the stored versions.
    private static string Part(string text, int from)
    {
        var part = text[Math.Min(from, text.Length)..];
        return (from > 0 ? "…" : "") + (part.Length <= Longest ? part : part[..Longest] + "…");
    }
}
