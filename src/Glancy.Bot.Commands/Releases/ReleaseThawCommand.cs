using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Releases;

/// <summary><c>glancy release thaw --reason ...</c>: drafts the run that lifts the freeze (B3, §4.4 step 6, rule 6).</summary>
public sealed class ReleaseThawCommand(Drafts drafts, RunFollower follower) : ICommand
{
    public static CommandSpec Spec { get; } = new("release thaw", Topic.Act, Effect.Change, "4.4", [])
    {
        Drafts = true,
        Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
        Aliases = ["发布 解冻", "解冻"],
        Examples = ["release thaw --reason \"steady for half an hour\""],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var reason = invocation.Values["reason"];
        var arguments = new Dictionary<string, string> { ["reason"] = reason };
        return await follower.DraftedAsync(await drafts.DraftAsync("thaw", arguments, invocation.Person, reason, cancellationToken), invocation, cancellationToken);
    }
}
