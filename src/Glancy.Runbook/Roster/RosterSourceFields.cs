using System.Text.RegularExpressions;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Roster;

/// <summary>
/// The field <c>sources</c> of <c>roster.yaml</c>: roles that are kept in PagerDuty or as a Slack user group (§1.1).
/// </summary>
internal static partial class RosterSourceFields
{
    private static readonly TimeSpan Usually = TimeSpan.FromMinutes(30);

    // Sources are asked once a minute, and one answer may fail.
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    public static IEnumerable<RosterSource> Read(Fields file)
    {
        var roles = new HashSet<string>();
        foreach (var fields in file.OptionalMaps("sources"))
        {
            var role = fields.Reference("role", References.Role);
            if (role.Length > 0 && !roles.Add(role))
            {
                fields.Problem("role", "duplicate-id", "source", role);
            }

            // One of the two; the other one is then an unknown field.
            var kind = fields.Has("slack_group") ? SourceKind.SlackGroup : SourceKind.PagerDuty;
            var name = kind == SourceKind.SlackGroup ? "slack_group" : "pagerduty";
            var id = fields.Text(name);
            if (id.Length > 0 && !(kind == SourceKind.SlackGroup ? Group() : Schedule()).IsMatch(id))
            {
                fields.Problem(name, "bad-id", id);
            }

            var trusted = fields.Has("trusted_for") ? fields.SomeTime("trusted_for") : Usually;
            if (trusted > TimeSpan.Zero && trusted < Shortest)
            {
                fields.Problem("trusted_for", "trust-too-short", fields.Text("trusted_for"));
            }

            fields.Done();
            yield return new RosterSource(role, kind, id, trusted);
        }
    }

    [GeneratedRegex("^[A-Z0-9]{6,20}$")]
    private static partial Regex Schedule();

    [GeneratedRegex("^S[A-Z0-9]{6,20}$")]
    private static partial Regex Group();
}
