using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Releases;

/// <summary><c>glancy release freeze --reason ...</c> (B3, §4.4 step 2, rule 6).</summary>
internal sealed class ReleaseFreezeCommand(ReleaseDesk desk, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("release freeze", Topic.Act, Effect.Change, "4.4", PermissionNames.ReleaseFreeze)
        {
            Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
            Aliases = ["发布 冻结", "冻结"],
            Examples = ["release freeze --reason \"429 is rising\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var reason = invocation.Values["reason"];
        var refusal = await desk.FreezeAsync(invocation.Person, reason, cancellationToken);
        if (refusal is not null)
        {
            return RefusalView.Answer(refusal, invocation.Words);
        }

        invocation.NowRecorded();
        var names = new Names(invocation.Words, runbook.Current);
        return new Answer(
            Page(invocation.Person.Id, reason, names),
            new FrozenData(true, invocation.Person.Id, reason)
        );
    }

    /// <summary>What is so now, and what it means.</summary>
    public static Page Page(string person, string reason, Names names)
    {
        var words = names.Words;
        return new Page(
            words.Say("release.frozen-now", names.Person(person)),
            [
                new Block.Facts([new Fact(words["release.reason"], reason)]),
                new Block.Paragraph(words["release.frozen-means"]),
            ]
        );
    }
}

/// <summary>A freeze as data.</summary>
internal sealed record FrozenData(bool Frozen, string By, string Reason);
