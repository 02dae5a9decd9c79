namespace Glancy.Sandbox.Production;

/// <summary>An export as its row of <c>export_jobs</c> says (§5.3.1).</summary>
/// <param name="JobId"><c>exp-000123</c>.</param>
/// <param name="Priority"><c>normal</c> or <c>low</c>; <c>glancy.exports.low_priority</c> stops the low ones.</param>
/// <param name="Status"><c>pending</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="ExecuteAfter">No worker takes it before this.</param>
public sealed record ExportJob(
    string JobId,
    string UserId,
    string Priority,
    string Status,
    string? ErrorMessage,
    int Attempts,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExecuteAfter,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt
);
