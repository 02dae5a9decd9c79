using System.Globalization;
using System.Text;

namespace Glancy.Sandbox.Slack.Api;

/// <summary>Cuts a list into pages, as cursors go through them.</summary>
internal static class Pages
{
    /// <summary>
    /// One page, whether there are more, and the cursor to the next; null when the given cursor is none of ours.
    /// </summary>
    public static (IReadOnlyList<T> Items, string? Next)? Of<T>(IReadOnlyList<T> all, string? cursor, int limit)
    {
        var from = 0;
        if (cursor is not null && !TryRead(cursor, out from))
        {
            return null;
        }

        var next =
            from + limit < all.Count
                ? Convert.ToBase64String(
                    Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"next:{from + limit}"))
                )
                : null;
        return ([.. all.Skip(from).Take(limit)], next);
    }

    private static bool TryRead(string cursor, out int from)
    {
        var bytes = new byte[cursor.Length];
        from = 0;
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is var text
            && text.StartsWith("next:", StringComparison.Ordinal)
            && int.TryParse(text[5..], NumberStyles.None, CultureInfo.InvariantCulture, out from);
    }
}
