using System.Globalization;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Releases;

/// <summary>
/// Whether there is an old version to go back to. Once the new one has all the traffic it is kept for 30 to 60 minutes
/// (§2.2); afterwards nobody can say what a rollback would do, and §4.1 asks for other means.
/// </summary>
internal sealed class OldVersion(ReleaseTool releases, TimeProvider clock) : IWayBack
{
    /// <inheritdoc/>
    public async Task<Result<DateTimeOffset?>> LookAsync(
        Procedure definition,
        IReadOnlyDictionary<string, string> arguments,
        CancellationToken cancellationToken
    )
    {
        // A rollback is of the batch that is rolling out, or whose old version is still kept.
        return definition.Supersedes && arguments.TryGetValue("batch", out var batch)
            ? await LookAsync(batch, cancellationToken)
            : default(DateTimeOffset?);
    }

    /// <summary>Whether a rollback of a batch can be drafted now, or why not.</summary>
    /// <returns>Until when the way back is there; null where that has no end.</returns>
    public async Task<Result<DateTimeOffset?>> LookAsync(string batch, CancellationToken cancellationToken)
    {
        if (!(await releases.StatusAsync(cancellationToken)).Has(out var status, out var unknown))
        {
            return new Result<DateTimeOffset?>.Unknown(unknown);
        }

        var rolling = string.Equals(status.Batch, batch, StringComparison.OrdinalIgnoreCase);
        return rolling && status.OldGone(clock.GetUtcNow()) ? Gone(batch, status)
            : rolling && status.CanGoBack(clock.GetUtcNow()) ? (status.Weight < 100 ? null : status.OldKeptUntil)
            : new Refusal("batch-not-active", "§4.1", batch, status.Batch ?? "-", status.State);
    }

    /// <summary>
    /// Asked again when a rollback is confirmed, when it starts, and before the step that goes back. Null unless it is
    /// known to be gone.
    /// </summary>
    public async Task<Refusal?> GoneAsync(
        Procedure definition,
        IReadOnlyDictionary<string, string> arguments,
        CancellationToken cancellationToken
    )
    {
        if (!definition.Supersedes || !arguments.TryGetValue("batch", out var batch))
        {
            return null;
        }

        return
            (await releases.StatusAsync(cancellationToken)).Has(out var status, out _)
            && string.Equals(status.Batch, batch, StringComparison.OrdinalIgnoreCase)
            && status.OldGone(clock.GetUtcNow())
            ? Gone(batch, status)
            : null;
    }

    /// <summary>The refusal of what would go back to a version that is not kept any more.</summary>
    public static Refusal Gone(string batch, ReleaseStatus status)
    {
        return status.OldKeptUntil is { } until
            ? new Refusal(
                "old-version-gone",
                "§2.2",
                batch,
                status.OldColour,
                until.ToString("O", CultureInfo.InvariantCulture)
            )
            : new Refusal("old-version-gone", "§2.2", batch, status.OldColour);
    }
}
