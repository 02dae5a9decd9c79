using System.Text.RegularExpressions;

namespace Glancy.Ops.Incidents;

/// <summary>A message that somebody wants to be remembered: in an incident's timeline, or in the handover.</summary>
/// <param name="Words">What it says; outside text.</param>
/// <param name="Link">Where it stands.</param>
/// <param name="SaidBy">Who said it: a person's id, or the name their chat knows; null when nobody says so.</param>
public sealed partial record PinnedMessage(string Words, string Link, string? SaidBy)
{
    /// <summary>
    /// What makes it the same message, by a mark or a shortcut or typed: <c>channel/ts</c> of Slack's own links, else
    /// the link.
    /// </summary>
    public string Source => SourceOf(Link);

    /// <inheritdoc cref="Source"/>
    public static string SourceOf(string link) =>
        Permalink().Match(link ?? "") is { Success: true } match
            ? $"{match.Groups[1].Value}/{match.Groups[2].Value}.{match.Groups[3].Value}"
            : link ?? "";

    /// <summary>Whether it is an address that people can open.</summary>
    public static bool IsLink(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address)
        && (address.Scheme is "https" or "http")
        && link.Length <= 500
        && !link.Any(char.IsWhiteSpace);

    [GeneratedRegex(@"/archives/([A-Z0-9]+)/p([0-9]{10})([0-9]{6})(?:[?#]|$)")]
    private static partial Regex Permalink();
}
