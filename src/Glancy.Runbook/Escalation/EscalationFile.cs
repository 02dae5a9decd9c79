using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Escalation;

/// <summary>
/// <c>escalation.yaml</c>: how long until somebody has to acknowledge an incident, and who is called in which order
/// (§1.2, §5.1).
/// </summary>
internal static class EscalationFile
{
    private const string File = "escalation.yaml";

    private static readonly Dictionary<string, Severity> Severities = new(StringComparer.Ordinal)
    {
        ["sev1"] = Severity.Sev1,
        ["sev2"] = Severity.Sev2,
        ["sev3"] = Severity.Sev3,
    };

    private static readonly Dictionary<string, PagerOwner> Owners = new(StringComparer.Ordinal)
    {
        ["none"] = PagerOwner.None,
        ["ours"] = PagerOwner.Ours,
        ["pagerduty"] = PagerOwner.PagerDuty,
    };

    public static EscalationRules Read(RunbookReading reading)
    {
        if (reading.Open(File) is not { } file)
        {
            return new EscalationRules([], []);
        }

        var clocks = file.Maps("severities").Select(fields => Clock(reading, fields)).ToList();
        foreach (var (name, severity) in Severities)
        {
            if (file.Has("severities") && clocks.All(c => c.Severity != severity))
            {
                file.Problem("severities", "severity-without-clock", name);
            }
        }

        var chain = file.Maps("chain").Select(Step).ToList();
        var proposals = file.Maps("proposals").Select(fields => Proposal(reading, fields)).ToList();
        var rules = new EscalationRules(clocks, chain) { Proposals = proposals };
        rules = file.Map("alone") is { } alone ? rules with { Alone = Alone(alone) } : rules;
        file.Done();
        return rules;
    }

    private static AloneRule Alone(Fields fields)
    {
        var rule = new AloneRule(fields.SomeTime("ask_again"), fields.SomeTime("at_most"), fields.Section());
        if (rule.AtMost < rule.AskAgain)
        {
            fields.Problem("at_most", "at-most-below-first", "ask_again");
        }

        fields.Done();
        return rule;
    }

    private static SeverityClock Clock(RunbookReading reading, Fields fields)
    {
        var name = fields.Choice("severity", [.. Severities.Keys]);
        reading.Declare("severity", name, fields.File, fields.LineOf("severity"));
        var clock = new SeverityClock(
            Severities.GetValueOrDefault(name),
            fields.SomeTime("acknowledge"),
            Owners.GetValueOrDefault(fields.Choice("pager", [.. Owners.Keys])),
            fields.Section()
        );
        if (clock is { Severity: Severity.Sev3, Pager: not PagerOwner.None })
        {
            // §1.2: only Sev-1 and Sev-2 ring.
            fields.Problem("pager", "sev3-rings");
        }

        fields.Done();
        return clock;
    }

    private static SeverityRule Proposal(RunbookReading reading, Fields fields)
    {
        var hook = fields.Reference("hook", References.Hook);
        reading.Declare("proposal", hook, fields.File, fields.LineOf("hook"));
        var rule = new SeverityRule(
            hook,
            Severities.GetValueOrDefault(fields.Choice("severity", [.. Severities.Keys])),
            fields.Section()
        );
        fields.Done();
        return rule;
    }

    private static EscalationStep Step(Fields fields)
    {
        var step = new EscalationStep(fields.References("roles", References.Role), fields.Section());
        if (step.Roles.Count == 0)
        {
            fields.Problem("roles", "empty-value", "roles");
        }

        fields.Done();
        return step;
    }
}
