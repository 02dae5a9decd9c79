namespace Glancy.Ops.Connectors.Bastion;

/// <summary>Answer to <c>read</c>, <c>digest</c> and <c>anchors</c>: nothing of them is kept on the bastion.</summary>
public abstract record BastionReading
{
    private BastionReading() { }

    /// <summary>The agent answered.</summary>
    /// <param name="ExitCode">Of the command; 124 = its deadline passed. 0 for <c>digest</c> and
    /// <c>anchors</c>.</param>
    /// <param name="Text">What it printed; on a failure followed by its error output. Empty for <c>digest</c>. Outside
    /// text.</param>
    /// <param name="Digest">SHA-256 in lower-case hexadecimal; only from <c>digest</c>.</param>
    public sealed record Read(int ExitCode, string Text, string? Digest = null) : BastionReading
    {
        /// <summary>The text may be parsed.</summary>
        public bool Succeeded => ExitCode == 0;
    }

    /// <summary>The agent would not read, or its answer did not parse.</summary>
    /// <param name="ReasonCode">One of <see cref="BastionReason"/>.</param>
    public sealed record Refused(string ReasonCode, string Reason) : BastionReading;

    /// <summary>No answer; reading again is harmless.</summary>
    public sealed record Unreached(BastionTrouble Trouble) : BastionReading;
}

/// <summary>Answer to <c>output</c>: what a command has printed so far.</summary>
public abstract record BastionOutput
{
    private BastionOutput() { }

    /// <summary>A piece of the output. The agent keeps the first MiB and then says how much it left out.</summary>
    /// <param name="NextOffset">In bytes; where to go on. A character cut at the end is left for the next
    /// piece.</param>
    /// <param name="State">Of the command at that moment.</param>
    public sealed record Piece(string Text, long NextOffset, BastionState State) : BastionOutput;

    /// <summary>No such key, a refusal, or an answer that did not parse.</summary>
    /// <param name="ReasonCode">One of <see cref="BastionReason"/>.</param>
    public sealed record Refused(string ReasonCode, string Reason) : BastionOutput;

    /// <summary>No answer; asking again is harmless.</summary>
    public sealed record Unreached(BastionTrouble Trouble) : BastionOutput;
}
