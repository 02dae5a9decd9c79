using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Engine;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Works on one journalled delivery: a typed command or a button's command runs as the person who did it. What reads
/// may run again after a replica died at it; what changes something never does by itself - the person is told to look
/// first.
/// </summary>
internal sealed class SlackWork(
    SlackJournal journal,
    SlackAnswers answers,
    SlackTold told,
    SlackEvents events,
    MessageShortcuts pointed,
    SlackCommands commands,
    IKillPoints kill,
    IOptions<SlackDoorOptions> door
)
{
    /// <summary>Works on it, and ends it or leaves its answers for later.</summary>
    public async Task WorkAsync(SlackTask task, CancellationToken stoppingToken)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        within.CancelAfter(door.Value.WorkWithin);
        var request = SlackRequestReader.Read(task.Kind, task.RawBody);
        if (request is SlackEvent seen)
        {
            await events.TakeAsync(seen, task.Attempt, within.Token);
        }

        if (
            request is not null
            && (task.Answers is not null || SlackLine.IsUnreadable(request))
            && SlackLine.Back(request) is { } back
            && SlackLine.Of(request) is null
        )
        {
            // Words that were written down without the command being known, or that are to be.
            await (
                task.Answers is { } written
                    ? answers.SendAsync(task, back, written, within.Token)
                    : told.TellAsync(task, back, new Refusal("form-unreadable", ""), within.Token)
            );
            return;
        }

        if (
            request is null
            || (SlackLine.Of(request) ?? await pointed.LineAsync(request, task.Attempt, within.Token)) is not { } line
        )
        {
            await journal.FinishAsync(task, stoppingToken);
            return;
        }

        kill.Reach("slack-taken");
        var said = task.Answers;
        if (said is null)
        {
            said = await commands.RunAsync(line, task.Attempt, within.Token);
            kill.Reach("slack-ran");
            if (!await journal.AnswerAsync(task, said, within.Token))
            {
                return;
            }
        }

        kill.Reach("slack-written");
        await answers.SendAsync(task, line, said, within.Token);
        kill.Reach("slack-answered");
    }
}
