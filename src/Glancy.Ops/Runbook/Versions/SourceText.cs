using System.Security.Cryptography;
using Glancy.Runbook;

namespace Glancy.Ops.Runbook.Versions;

/// <summary>The written runbook that the data implements (§8), compared by its hash.</summary>
public static class SourceText
{
    /// <summary>SHA-256 of the file's bytes, 64 lower-case hex digits; null when it cannot be read.</summary>
    public static string? Sha256(string file)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>
    /// Which entries cite which § of the text: what has to be compared with it when it has changed. In the order of the
    /// §.
    /// </summary>
    public static IReadOnlyList<(string Section, IReadOnlyList<string> Entries)> Cited(RunbookContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return
        [
            .. content
                .Hooks.Select(h => (h.Section, h.Id))
                .Concat(content.Ladder.Rungs.Select(r => (r.Section, Id: r.Batch)))
                .Concat(content.Procedures.Values.Select(p => (p.Section, p.Id)))
                .Concat(content.Commands.Values.Select(c => (c.Section, c.Id)))
                .Concat(content.Flags.Values.Select(f => (f.Section, Id: f.Name)))
                .GroupBy(e => e.Section, e => e.Id, StringComparer.Ordinal)
                .OrderBy(
                    g => string.Join('.', g.Key.Split('.').Select(part => part.PadLeft(4, '0'))),
                    StringComparer.Ordinal
                )
                .Select(g => (g.Key, (IReadOnlyList<string>)[.. g])),
        ];
    }
}
