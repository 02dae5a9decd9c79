namespace Glancy.Sandbox.Production;

/// <summary>An export as its row of <c>export_jobs</c> says (§5.3.1).</summary>
public sealed record ExportJob
{
    /// <summary><c>exp-000123</c>.</summary>
    public required string JobId { get; init; }

    public required string UserId { get; init; }

    /// <summary><c>normal</c> or <c>low</c>; <c>glancy.exports.low_priority</c> stops the low ones.</summary>
    public required string Priority { get; init; }

    /// <summary><c>pending</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    public required string? ErrorMessage { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>No worker takes it before this.</summary>
    public required DateTimeOffset ExecuteAfter { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }
}
