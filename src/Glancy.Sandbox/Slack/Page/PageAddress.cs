namespace Glancy.Sandbox.Slack.Page;

/// <summary>Addresses within the page.</summary>
internal static class PageAddress
{
    public static string Of(string person) => "/?as=" + Uri.EscapeDataString(person);

    public static string SideBySide(IEnumerable<string> people) =>
        "/side-by-side?" + string.Join('&', people.Select(p => "as=" + Uri.EscapeDataString(p)));
}
