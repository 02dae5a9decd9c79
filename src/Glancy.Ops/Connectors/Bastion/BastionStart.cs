namespace Glancy.Ops.Connectors.Bastion;

/// <summary>The head of the audit chain at this effect, kept on the bastion (rule 11).</summary>
/// <param name="Hash">Lower-case hexadecimal.</param>
public sealed record BastionAnchor(long Seq, string Hash);

/// <summary>A command to be carried out at most once for its key.</summary>
/// <param name="Key"><c>run/step/attempt</c>, each of letters, digits, <c>.</c>, <c>_</c>, <c>-</c>; e.g.
/// <c>R-17/execute/1</c>.</param>
/// <param name="Fence">The run; the agent keeps the highest epoch per fence and refuses lower ones.</param>
/// <param name="Epoch">Of the worker that asks; 0 or more.</param>
/// <param name="CommandId">A section of the agent's allow-list, e.g. <c>releasectl.stage.promote</c>.</param>
/// <param name="Parameters">Exactly the parameters the allow-list declares for the command.</param>
/// <param name="Anchor">Appended to the agent's anchors when the command really starts, not when it is
/// replayed.</param>
public sealed record BastionStart(
    string Key,
    string Fence,
    long Epoch,
    string CommandId,
    IReadOnlyDictionary<string, string> Parameters,
    BastionAnchor? Anchor = null
);
