namespace Glancy.Runbook.Escalation;

/// <summary>How bad it is (§5.1).</summary>
public enum Severity
{
    /// <summary>SLA broken, everything down, payments or subscriptions interrupted.</summary>
    Sev1 = 1,

    /// <summary>SLO near its limit, 15 % of users or more, exports, quota or degradation wrong.</summary>
    Sev2 = 2,

    /// <summary>Worth a record; can wait.</summary>
    Sev3 = 3,
}
