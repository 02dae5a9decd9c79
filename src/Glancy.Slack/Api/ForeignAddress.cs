using Microsoft.Extensions.Options;

namespace Glancy.Slack.Api;

/// <summary>Which addresses that came from outside we send anything to. The token never goes there.</summary>
internal sealed class ForeignAddress(IOptions<SlackOptions> options)
{
    private readonly SlackOptions settings = options.Value;

    /// <summary>A response address: a host of Slack's, or where the Web API is.</summary>
    public bool TakesResponses(Uri address) =>
        IsApi(address)
        || (
            address is { IsAbsoluteUri: true, Scheme: "https", IsDefaultPort: true }
            && settings.ResponseHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>An upload address: https under slack.com, or where the Web API is.</summary>
    public bool TakesBytes(Uri address) =>
        IsApi(address)
        || (
            address is { IsAbsoluteUri: true, Scheme: "https", IsDefaultPort: true }
            && address.Host.EndsWith(".slack.com", StringComparison.OrdinalIgnoreCase)
        );

    public static SlackError Refused(Uri address) =>
        new(SlackErrorKind.Refused, "address_refused", [address.IsAbsoluteUri ? address.Host : "no address"]);

    private bool IsApi(Uri address) =>
        address.IsAbsoluteUri
        && Uri.Compare(
            address,
            settings.ApiBase,
            UriComponents.SchemeAndServer,
            UriFormat.UriEscaped,
            StringComparison.OrdinalIgnoreCase
        ) == 0;
}
