using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// What a person hears after a word on an incident: the incident as it stands, or everything that stands in the way.
/// </summary>
internal sealed class IncidentAnswers(RunbookHolder runbook)
{
    /// <param name="done">The key of the sentence that says what has just been done.</param>
    public Answer Of(IncidentOutcome outcome, string done, Invocation invocation)
    {
        var words = invocation.Words;
        switch (outcome)
        {
            case IncidentOutcome.Accepted { Details: var details }:
                invocation.NowRecorded();
                var page = IncidentView.Page(details, new Names(words, runbook.Current));
                return new Answer(
                    page with
                    {
                        Title = words.Say(done, details.Incident.Id, details.Incident.Level, details.Incident.Title),
                    },
                    IncidentData.Of(details, words)
                );
            case IncidentOutcome.Refused refused:
                return Refused(refused, words);
            default:
                throw new InvalidOperationException("A word on an incident is neither accepted nor refused.");
        }
    }

    /// <summary>The refusal with every reason, each with its way out.</summary>
    public static Answer Refused(IncidentOutcome.Refused refused, Phrasebook words)
    {
        Block[] more =
            refused.Reasons.Count == 0
                ? []
                : [IncidentView.InTheWay(refused.Reasons, words), .. Anyway(refused.Refusal, words)];
        var answer = RefusalView.Answer(refused.Refusal, words, more);
        return refused.Reasons.Count == 0
            ? answer
            : answer with
            {
                Data = RefusalView.Data(refused.Refusal, words) with
                {
                    Reasons = [.. refused.Reasons.Select(r => RefusalView.Data(r, words))],
                },
            };
    }

    // What only speaks against it does not keep a person from closing it, who says why.
    private static IEnumerable<Block> Anyway(Refusal refusal, Phrasebook words) =>
        refusal.Code == "acknowledge-which"
            ?
            [
                new Block.Actions([
                    .. refusal
                        .Arguments[0]
                        .Split(", ")
                        .Select(id => new NextStep(words.Say("incident.do-ack-one", id), $"glancy incident ack {id}")),
                ]),
            ]
        : refusal.Code == "incident-doubtful"
            ?
            [
                new Block.Actions([
                    new NextStep(
                        words["incident.do-close-anyway"],
                        $"glancy incident close {refusal.Arguments[0]} --reason ... --anyway ...",
                        Changes: true
                    )
                    {
                        Weight = Weight.Grave,
                    },
                ]),
            ]
        : [];
}
