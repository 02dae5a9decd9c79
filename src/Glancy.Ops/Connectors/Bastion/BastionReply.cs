namespace Glancy.Ops.Connectors.Bastion;

/// <summary>What the agent says of a key.</summary>
public enum BastionState
{
    /// <summary>The command is on its way.</summary>
    Running,

    /// <summary>The command ended by itself.</summary>
    Exited,

    /// <summary>The agent cannot tell whether the effect took place; a person decides (rule 1).</summary>
    Unknown,

    /// <summary>Killed on request; how far it got is unknown.</summary>
    Cancelled,

    /// <summary>Not accepted; this request had no effect.</summary>
    Refused,

    /// <summary>The agent has never seen the key.</summary>
    Absent,
}

/// <summary>Codes that come with what the agent says of a key.</summary>
internal static class BastionReason
{
    public const string BadRequest = "bad-request";
    public const string UnknownCommand = "unknown-command";
    public const string BadParameter = "bad-parameter";
    public const string WrongEffect = "wrong-effect";
    public const string StaleEpoch = "stale-epoch";
    public const string KeyConflict = "key-conflict";
    public const string NoSuchKey = "no-such-key";
    public const string OtherBoot = "other-boot";
    public const string NeverStarted = "never-started";

    /// <summary>Killed at the deadline of the allow-list; how far it got is unknown.</summary>
    public const string TimedOut = "timed-out";

    /// <summary>
    /// It has ended, its session is gone, and the process that watched it had died before: nobody knows how it ended.
    /// </summary>
    public const string Lost = "lost";

    /// <summary>With <see cref="BastionState.Running"/>: who watched it is gone, and it goes on.</summary>
    public const string Unwatched = "unwatched";

    /// <summary>With <see cref="BastionState.Running"/>: it was killed and something of it is still there.</summary>
    public const string Unkilled = "unkilled";

    /// <summary>The agent's state was locked for too long; ask again.</summary>
    public const string Busy = "busy";

    /// <summary>The agent's own files are wrong; somebody has to look at the bastion.</summary>
    public const string Misconfigured = "misconfigured";

    /// <summary>Ours: the answer did not follow the protocol.</summary>
    public const string Unparsable = "unparsable";
}

/// <summary>Answer to <c>start</c>, <c>status</c> and <c>cancel</c>.</summary>
public abstract record BastionReply
{
    private BastionReply() { }

    /// <summary>
    /// The agent answered; an answer that did not parse is <see cref="BastionState.Unknown"/> with
    /// <see cref="BastionReason.Unparsable"/>.
    /// </summary>
    /// <param name="ExitCode">Of the command, once it has ended; 124 when it was killed at its deadline.</param>
    /// <param name="ReasonCode">One of <see cref="BastionReason"/>; null where the state needs none.</param>
    /// <param name="Reason">The agent's words, outside text: escape before showing.</param>
    /// <param name="Started">By the bastion's clock, to the second.</param>
    /// <param name="Finished">By the bastion's clock, to the second.</param>
    /// <param name="Size">Bytes of output kept so far.</param>
    /// <param name="Replayed">A known key was answered from what the agent had stored; nothing was started.</param>
    public sealed record Answered(
        BastionState State,
        int? ExitCode = null,
        string? ReasonCode = null,
        string? Reason = null,
        DateTimeOffset? Started = null,
        DateTimeOffset? Finished = null,
        long Size = 0,
        bool Replayed = false
    ) : BastionReply
    {
        /// <summary>The command ended, and with 0.</summary>
        public bool Succeeded => State == BastionState.Exited && ExitCode == 0;
    }

    /// <summary>
    /// No answer. <see cref="BastionTrouble.MayHaveStarted"/> says whether asking again with the same key is due.
    /// </summary>
    public sealed record Unreached(BastionTrouble Trouble) : BastionReply;
}
