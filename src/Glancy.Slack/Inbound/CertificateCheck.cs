using Microsoft.AspNetCore.WebUtilities;

namespace Glancy.Slack.Inbound;

/// <summary>
/// Slack's look at the certificate of a command's address: a form with <c>ssl_check=1</c> and an old token, and nothing
/// that anybody could act on.
/// </summary>
internal static class CertificateCheck
{
    /// <summary>Longest body that is looked at, in bytes; Slack's is below a hundred.</summary>
    public const int Longest = 1_000;

    /// <summary>The form's field that says so.</summary>
    public const string Field = "ssl_check";
    private const string Token = "token";

    public static bool Is(string body)
    {
        if (body.Length > Longest || !body.Contains(Field, StringComparison.Ordinal))
        {
            return false;
        }

        var form = QueryHelpers.ParseQuery(body);
        return form.TryGetValue(Field, out var said) && said == "1" && form.Keys.All(name => name is Field or Token);
    }
}
