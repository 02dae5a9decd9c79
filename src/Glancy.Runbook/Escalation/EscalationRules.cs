namespace Glancy.Runbook.Escalation;

/// <summary>Who calls outside Slack for a severity; one owner, so that nobody is called by two chains (§1.2).</summary>
public enum PagerOwner
{
    /// <summary>Nobody: mentions and direct messages in Slack only.</summary>
    None,

    /// <summary>Our chain, by the notifiers that are set up.</summary>
    Ours,

    /// <summary>PagerDuty's own chain.</summary>
    PagerDuty,
}

/// <summary>What a severity asks of those who are called (§5.1).</summary>
/// <param name="Acknowledge">What each step of the chain has to say that it has it; world time.</param>
public sealed record SeverityClock(Severity Severity, TimeSpan Acknowledge, PagerOwner Pager, string Section);

/// <summary>One step of the chain: everybody who holds one of the roles is called.</summary>
public sealed record EscalationStep(IReadOnlyList<string> Roles, string Section);

/// <summary>How grave it is when this hook is red.</summary>
public sealed record SeverityRule(string Hook, Severity Severity, string Section);

/// <summary>When those on call are asked again about a red light that no open run is to cure (§4.3).</summary>
/// <param name="AskAgain">World time after it was left alone; after each time of asking, twice as long as
/// before.</param>
/// <param name="AtMost">The longest that is waited.</param>
public sealed record AloneRule(TimeSpan AskAgain, TimeSpan AtMost, string Section)
{
    /// <summary>When they are to be asked next.</summary>
    public DateTimeOffset DueAt(DateTimeOffset since, DateTimeOffset? askedAt, int asked)
    {
        var wait = AskAgain;
        for (var i = 0; i < asked && wait < AtMost; i++)
        {
            wait *= 2;
        }

        return (askedAt ?? since) + (wait < AtMost ? wait : AtMost);
    }
}

/// <summary>Who is called for an incident, in which order and how long after each other (§1.2, §5.1).</summary>
public sealed record EscalationRules(IReadOnlyList<SeverityClock> Clocks, IReadOnlyList<EscalationStep> Chain)
{
    /// <summary>How grave a hook's red is by itself (§5.1).</summary>
    public IReadOnlyList<SeverityRule> Proposals { get; init; } = [];

    /// <summary>When those on call are asked again about a light that is nobody's.</summary>
    public AloneRule Alone { get; init; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), "4.3");

    /// <summary>The clock of a severity; every one has its own.</summary>
    public SeverityClock Of(Severity severity) =>
        Clocks.FirstOrDefault(c => c.Severity == severity)
        ?? throw new InvalidOperationException(
            $"No clock for {severity}; the runbook's validation should have said so."
        );
}
