namespace Glancy.Sandbox.Slack.Page.Spans;

/// <summary>Which addresses a message may make clickable.</summary>
internal static class Links
{
    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto, "tel"];

    /// <summary>The address, or null when it is none of http, https, mailto and tel.</summary>
    public static string? Allowed(string? address) =>
        address is not null && Uri.TryCreate(address, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme)
            ? address
            : null;

    /// <summary>The address, or null when it is neither https nor http: what a picture may be loaded from.</summary>
    public static string? Picture(string? address) =>
        Allowed(address) is { } url && url.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? url : null;

    /// <summary>Without <c>mailto:</c> and <c>tel:</c>, as people write it.</summary>
    public static string Shown(string url)
    {
        return url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? url[7..]
            : url.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? url[4..]
            : url;
    }
}
