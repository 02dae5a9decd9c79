using System.Globalization;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Procedures.Engine;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>
/// Starts a command on the bastion under the step's key, or learns what became of it: the keyed effect of rule 1.
/// </summary>
internal sealed class BastionEffect(IBastion bastion, AuditLog audit)
{
    /// <summary>
    /// Evidence of the audit head that the agent wrote down when it really started the command, as <c>seq:hash</c>.
    /// </summary>
    public const string AnchorEvidence = "anchor";

    // Two machines' clocks may differ by so much.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AskSoon = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan AskSeldom = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(1);

    /// <summary>How the command stands; asking again with the same execution never starts it twice.</summary>
    public async Task<StepResult> ApplyAsync(
        StepExecution execution,
        string command,
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken
    )
    {
        var head = await audit.HeadAsync(cancellationToken);
        var anchor = head is null ? null : new BastionAnchor(head.Seq, head.Hash);
        var reply = await bastion.StartAsync(
            new BastionStart(execution.Key, execution.Fence, execution.Epoch, command, parameters, anchor),
            cancellationToken
        );
        return reply switch
        {
            BastionReply.Answered answered => await SettleAsync(
                execution,
                command,
                answered,
                answered.Replayed ? null : anchor,
                cancellationToken
            ),
            BastionReply.Unreached { Trouble: { Passing: true } } => new StepResult.StillRunning(
                AfterOutage,
                new Dictionary<string, string>()
            ),

            // The key may have been started by an earlier asking, so trouble on the way never means that nothing
            // happened.
            BastionReply.Unreached unreached => new StepResult.Unknown(
                BastionRefusal.Of(unreached.Trouble, command),
                None()
            ),
            _ => throw new InvalidOperationException("The bastion's reply has no such shape."),
        };
    }

    private async Task<StepResult> SettleAsync(
        StepExecution execution,
        string command,
        BastionReply.Answered answered,
        BastionAnchor? anchored,
        CancellationToken cancellationToken
    )
    {
        // Nothing that was started before the step is an answer to it, whatever the key says.
        if (answered.Started is { } started && started < execution.StartedAt - ClocksDiffer)
        {
            return new StepResult.Unknown(new Refusal("script-unknown", "§2.3", command, "older"), None());
        }

        switch (answered.State)
        {
            case BastionState.Running:
                return new StepResult.StillRunning(AskAgain(execution), anchored is null ? None() : Anchored(anchored));
            case BastionState.Exited:
                var evidence = await EvidenceAsync(execution.Key, answered, cancellationToken);
                if (anchored is not null)
                {
                    evidence[AnchorEvidence] = Anchored(anchored)[AnchorEvidence];
                }

                return answered.Succeeded
                    ? new StepResult.Done(evidence)
                    : new StepResult.Failed(
                        new Refusal("script-failed", "§2.3", command, Number(answered.ExitCode ?? -1)),
                        evidence
                    );
            case BastionState.Refused when answered.ReasonCode == BastionReason.StaleEpoch:
                throw new ClaimLostException(execution.Run.Id, execution.Epoch);
            case BastionState.Refused when answered.ReasonCode == BastionReason.Busy:
                return new StepResult.StillRunning(AskSeldom, None());
            case BastionState.Refused when answered.ReasonCode == BastionReason.Misconfigured:
                return new StepResult.Unknown(
                    new Refusal("script-unknown", "§2.3", command, BastionReason.Misconfigured),
                    None()
                );
            case BastionState.Refused:
                return new StepResult.Failed(
                    new Refusal("script-refused", "§2.3", command, answered.ReasonCode ?? ""),
                    None()
                );
            default:
                return new StepResult.Unknown(
                    new Refusal("script-unknown", "§2.3", command, answered.ReasonCode ?? answered.State.ToString()),
                    None()
                );
        }
    }

    private async Task<Dictionary<string, string>> EvidenceAsync(
        string key,
        BastionReply.Answered answered,
        CancellationToken cancellationToken
    )
    {
        var evidence = new Dictionary<string, string> { ["exit"] = Number(answered.ExitCode ?? -1) };
        if (await bastion.TailAsync(key, answered.Size, cancellationToken) is { } printed)
        {
            evidence["output"] = printed;
        }

        if (answered is { Started: { } begun, Finished: { } finished })
        {
            evidence["took"] = Number((int)(finished - begun).TotalSeconds) + " s";
        }

        return evidence;
    }

    // What is over soon is known soon; what takes long is asked for four times a second.
    private static TimeSpan AskAgain(StepExecution execution)
    {
        var quarter = (execution.Now - execution.StartedAt) / 4;
        return quarter < AskSoon ? AskSoon
            : quarter > AskSeldom ? AskSeldom
            : quarter;
    }

    private static Dictionary<string, string> None() => [];

    private static Dictionary<string, string> Anchored(BastionAnchor anchor) =>
        new() { [AnchorEvidence] = string.Create(CultureInfo.InvariantCulture, $"{anchor.Seq}:{anchor.Hash}") };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
