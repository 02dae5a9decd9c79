namespace Glancy.Ops.Connectors.Bastion;

/// <summary>Why there is no answer from the bastion.</summary>
public enum BastionTroubleKind
{
    /// <summary>No usable key file or no pinned host key: nothing is dialled without both.</summary>
    Unconfigured,

    /// <summary>No connection within the deadline.</summary>
    Unreachable,

    /// <summary>The bastion does not accept our key.</summary>
    Denied,

    /// <summary>The host showed another key than the pinned one. Never retried: somebody has to look.</summary>
    HostKeyMismatch,

    /// <summary>Connected, but no answer within the deadline.</summary>
    TimedOut,

    /// <summary>The connection ended before the answer was complete.</summary>
    Cut,
}

/// <summary>Trouble on the way to the bastion: an expected outcome, not an exception.</summary>
/// <param name="Message">For logs and operators.</param>
/// <param name="MayHaveStarted">The request had left us: a <c>start</c> may have been carried out, only its key can
/// tell.</param>
public sealed record BastionTrouble(BastionTroubleKind Kind, string Message, bool MayHaveStarted)
{
    /// <summary>The same question may be asked again without a person.</summary>
    public bool Passing =>
        Kind is BastionTroubleKind.Unreachable or BastionTroubleKind.TimedOut or BastionTroubleKind.Cut;
}
