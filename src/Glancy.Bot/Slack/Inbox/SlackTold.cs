using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>Tells a person, in place of an answer, why there is none.</summary>
internal sealed class SlackTold(
    SlackJournal journal,
    SlackAnswers answers,
    RunbookHolder runbook,
    Phrasebooks phrasebooks
)
{
    /// <summary>Writes the words down, sends them and ends the task.</summary>
    public async Task TellAsync(SlackTask task, SlackLine back, Refusal refusal, CancellationToken cancellationToken)
    {
        var reader = new SlackUserProfile(null, SlackMembership.Unknown);
        var channel = new SlackChannel(back, reader, runbook.Current, phrasebooks, brief: false);
        channel.Tell(refusal);
        if (await journal.AnswerAsync(task, channel.Answers, cancellationToken))
        {
            await answers.SendAsync(task, back, channel.Answers, cancellationToken);
        }
    }
}
