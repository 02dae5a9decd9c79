using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.KillSwitch;

/// <summary><c>glancy kill-switch on --reason ...</c>: drafts the three kill switches of §2.3 as one plan; nothing is changed yet (B5).</summary>
public sealed class KillSwitchOnCommand(Drafts drafts, RunFollower follower) : ICommand
{
    public static CommandSpec Spec { get; } = new("kill-switch on", Topic.Act, Effect.Danger, "2.3", [])
    {
        Drafts = true,
        Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
        Aliases = ["总闸 打开", "打开 总闸"],
        Examples = ["kill-switch on --reason \"Doubao fails and the circuit does not open\""],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var reason = invocation.Values["reason"];
        var arguments = new Dictionary<string, string> { ["reason"] = reason };
        return await follower.DraftedAsync(await drafts.DraftAsync("kill-switch", arguments, invocation.Person, reason, cancellationToken), invocation, cancellationToken);
    }
}
