using Glancy.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Tests.Roster;

/// <summary>For every role somebody who holds it now, and somebody who holds it at other times only.</summary>
internal static class Cast
{
    /// <summary>In the people list, and in no role at any time.</summary>
    public const string Nobody = "olga";

    /// <summary>On no roster while the cast is on, for what somebody outside the table has to begin.</summary>
    public const string Outsider = "han";

    private static readonly DateTimeOffset From = new(2025, 4, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whoever stands in a role by the runbook is away in April 2025; others change with the shift.</summary>
    public static RunbookContent On(RunbookContent content)
    {
        var roles = content.Roster.Standing.Keys.ToList();
        return content with
        {
            People = content.People.Values.Concat(roles.Select(Deputy)).ToDictionary(p => p.Id),
            Roster = content.Roster with { Overrides = [.. roles.Select(Away)] },
        };
    }

    /// <summary>Who holds the role on a day of the cast's April.</summary>
    public static string OnDuty(string role) =>
        role switch
        {
            "primary" => "lin",
            "secondary" => "wu",
            _ => Deputy(role).Id,
        };

    /// <summary>Who holds it at other times.</summary>
    public static string OffDuty(RunbookContent content, string role) =>
        role switch
        {
            "primary" => "chen",
            "secondary" => "zhao",
            _ => content.Roster.Standing[role][0],
        };

    private static RosterOverride Away(string role) => new(role, Deputy(role).Id, From, From.AddMonths(1), "away");

    private static Person Deputy(string role) =>
        new("now-" + role, "now " + role, "now-" + role, null, null, null, null, "en-US");
}
