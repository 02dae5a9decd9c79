using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>What the audit says of a step (§8).</summary>
internal static class StepAudit
{
    private const string Before = "before.";
    private const int LongestDetail = 500;

    /// <summary>The event of a step that starts or is done.</summary>
    public static AuditEntry Entry(
        Run run,
        StepDefinition definition,
        string action,
        StepIntent intent,
        IReadOnlyDictionary<string, string> detail
    ) =>
        new(run.Owner, action, $"{definition.Kind} {definition.Id}")
        {
            Before = Join(
                detail
                    .Where(d => d.Key.StartsWith(Before, StringComparison.Ordinal))
                    .Select(d => (d.Key[Before.Length..], d.Value))
            ),
            After = action == "step-done" ? Join(intent.Sets.Select(s => (s.Key, s.Value))) : null,
            Command = intent.Command.Length > 0 ? intent.Command : null,
            Run = run.Name,
            Detail = detail
                .Where(d => !d.Key.StartsWith(Before, StringComparison.Ordinal) && d.Value.Length <= LongestDetail)
                .ToDictionary(d => d.Key, d => d.Value),
        };

    /// <summary>States and values in one line; null when there are none.</summary>
    public static string? Join(IEnumerable<(string State, string Value)> values)
    {
        var joined = string.Join(", ", values.Select(v => $"{v.State}={v.Value}"));
        return joined.Length == 0 ? null : joined;
    }
}
