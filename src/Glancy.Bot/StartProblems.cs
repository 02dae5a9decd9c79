using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Glancy.Bot.Slack;
using Glancy.Ops;
using Glancy.Ops.Alerts;
using Glancy.Slack;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Glancy.Bot;

/// <summary>
/// What keeps a replica from starting, one line for each setting, as <c>Glancy__Database: is not set</c>: whoever
/// installs it at night reads names of settings and no traces of ours.
/// </summary>
internal static partial class StartProblems
{
    private static readonly Dictionary<string, string> Sections = new()
    {
        [nameof(GlancyOptions)] = "Glancy",
        [nameof(AlertsOptions)] = "Alerts",
        [nameof(SlackDoorOptions)] = "Slack",
        [nameof(SlackOptions)] = "Slack",
    };

    /// <summary>Its lines; null when it is no fault of a setting.</summary>
    public static IReadOnlyList<string>? Of(Exception failed) =>
        failed switch
        {
            OptionsValidationException wrong => [.. wrong.Failures.Select(Line).Distinct()],
            InvalidOperationException binding when Unknown().Match(binding.Message) is { Success: true } match =>
            [
                .. match
                    .Groups["names"]
                    .Value.Split(',')
                    .Select(name =>
                        $"{Section(match.Groups["type"].Value)}__{name.Trim().Trim('\'')}: there is no such setting"
                    ),
            ],
            InvalidOperationException binding when Unread().Match(binding.Message) is { Success: true } match =>
            [
                $"{Variable(match.Groups["path"].Value)}: is no {Shape(match.Groups["type"].Value)}",
            ],
            _ => null,
        };

    /// <summary>The line about a port that somebody else has, or that is not this machine's.</summary>
    /// <param name="doors">Settings and the addresses they name.</param>
    public static string? OfPort(Exception failed, IEnumerable<(string Setting, string? Listen)> doors)
    {
        var taken = failed is AddressInUseException || failed.InnerException is AddressInUseException;
        if (!taken && failed is not (SocketException or IOException { InnerException: SocketException }))
        {
            return null;
        }

        var door = doors.FirstOrDefault(d =>
            d.Listen is { Length: > 0 } listen && failed.Message.Contains(listen, StringComparison.Ordinal)
        );
        var name = door.Setting is null ? "Slack__Listen or Alerts__Listen" : $"{door.Setting}={door.Listen}";
        return taken ? $"{name}: another process listens there" : $"{name}: {failed.GetBaseException().Message}";
    }

    /// <summary>The line about a database that cannot be used.</summary>
    /// <param name="setting">Its setting.</param>
    public static string? OfDatabase(string setting, Exception failed) =>
        failed switch
        {
            ArgumentException or FormatException => $"{setting}: is no connection string: {OneLine(failed.Message)}",
            PostgresException refused =>
                $"{setting}: PostgreSQL refuses ({refused.SqlState}): {OneLine(refused.MessageText)}",
            NpgsqlException away => $"{setting}: cannot be reached: {OneLine(away.Message)}",
            InvalidOperationException migration => $"{setting}: {OneLine(migration.Message)}",
            _ => null,
        };

    // The framework's validator says it in one sentence; the Slack library and our own checks say "Slack: Name ...".
    private static string Line(string failure)
    {
        if (Validated().Match(failure) is { Success: true } match)
        {
            var path = match.Groups["type"].Value.Split('.', 2);
            var within = path.Length > 1 ? Variable(path[1]) + "__" : "";
            var members = match
                .Groups["members"]
                .Value.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(m => $"{Section(path[0])}__{within}{Variable(m.Trim())}");
            var said = match.Groups["error"].Value;
            var why = Required().IsMatch(said) ? "is not set" : Prefix().Replace(said, "");
            return $"{string.Join(", ", members)}: {why}";
        }

        return Named().Match(failure) is { Success: true } named
            ? $"{named.Groups["section"].Value}__{named.Groups["member"].Value}: {named.Groups["rest"].Value}"
            : OneLine(failure);
    }

    private static string Section(string type) => Sections.GetValueOrDefault(type[(type.LastIndexOf('.') + 1)..], type);

    private static string Variable(string path) =>
        path.Replace(":", "__", StringComparison.Ordinal).Replace(".", "__", StringComparison.Ordinal);

    private static string Shape(string type) =>
        type switch
        {
            "System.TimeSpan" => "duration (such as 00:00:30)",
            "System.Boolean" => "true or false",
            "System.Uri" => "address",
            _ => "number",
        };

    private static string OneLine(string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{text.ReplaceLineEndings(" ").Trim()}");

    [GeneratedRegex(
        "^DataAnnotation validation failed for '(?<type>[^']+)' members: '(?<members>[^']*)' with the error: "
            + "'(?<error>.*)'\\.$",
        RegexOptions.Singleline
    )]
    private static partial Regex Validated();

    [GeneratedRegex("^The \\w+ field is required\\.$")]
    private static partial Regex Required();

    [GeneratedRegex("^[A-Z][A-Za-z]+: (?=[A-Z])")]
    private static partial Regex Prefix();

    [GeneratedRegex("^(?<section>[A-Z][A-Za-z]+): (?<member>[A-Z][A-Za-z]+)[ ,](?<rest>.+)$", RegexOptions.Singleline)]
    private static partial Regex Named();

    [GeneratedRegex("properties were not found on the instance of (?<type>[\\w.]+): (?<names>.+)$")]
    private static partial Regex Unknown();

    [GeneratedRegex(
        "^Failed to convert configuration value '(?<value>.*)' at '(?<path>[^']+)' to type '(?<type>[^']+)'"
    )]
    private static partial Regex Unread();
}
