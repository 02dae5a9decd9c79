using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// The verbs that procedures bring with them (<c>command:</c> in their files): drafts the procedure that is meant and
/// shows its plan. Nothing is changed yet.
/// </summary>
internal sealed class ProcedureCommand(Drafts drafts, RunFollower follower, RunbookHolder runbook) : IVerbCommand
{
    private const string Reason = "reason";

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var content = runbook.Current;
        if (content.Verbs.FirstOrDefault(v => v.Path == invocation.Spec.Verbs) is not { } verb)
        {
            // A reload took it away since the line was read.
            return RefusalView.Answer(new Refusal("unknown-command", "", invocation.Spec.Verbs), invocation.Words);
        }

        var values = invocation.Values;
        var word = verb.Choice is { } choice
            ? values.Find(choice.Name)?.ToLowerInvariant() ?? choice.Otherwise ?? ""
            : "";
        if (!verb.Procedures.TryGetValue(word, out var procedure))
        {
            return RefusalView.Answer(NotMeant(verb, word), invocation.Words);
        }

        var arguments = content
            .Procedures[procedure]
            .Asked.Where(p => values.Find(VerbSpecs.OptionName(p)) is not null)
            .ToDictionary(p => p.Name, p => values[VerbSpecs.OptionName(p)], StringComparer.Ordinal);
        var drafted = await drafts.DraftAsync(
            procedure,
            arguments,
            invocation.Person,
            values[Reason],
            cancellationToken
        );
        return await follower.DraftedAsync(drafted, invocation, cancellationToken);
    }

    private static Refusal NotMeant(Verb verb, string word)
    {
        var known = string.Join(", ", verb.Procedures.Keys.Order(StringComparer.Ordinal));
        return new Refusal(
            verb.Choice?.Refusal ?? "unknown-command",
            "§" + (verb.Choice?.Section ?? verb.Section),
            word,
            known
        );
    }
}
