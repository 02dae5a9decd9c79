using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Running;
using Glancy.Bot.Commands.Words;
using Glancy.Bot.Slack.Home;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Runbook;
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
    SlackReaders readers,
    SlackMarks marks,
    SlackPointed pointed,
    SlackHomes homes,
    CommandRunner runner,
    CommandGrammar grammar,
    Phrasebooks phrasebooks,
    RunbookHolder runbook,
    IKillPoints kill,
    IOptions<SlackDoorOptions> door)
{
    /// <summary>Works on it, and ends it or leaves its answers for later.</summary>
    public async Task WorkAsync(SlackTask task, CancellationToken stoppingToken)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        within.CancelAfter(door.Value.WorkWithin);
        var request = SlackRequestReader.Read(task.Kind, task.RawBody);
        if (request is SlackEvent seen)
        {
            await marks.TakeAsync(seen, task.Attempt, within.Token);
            await homes.OpenedAsync(seen, within.Token);
        }

        if (request is not null && (task.Answers is not null || SlackLine.IsUnreadable(request)) && SlackLine.Back(request) is { } back && SlackLine.Of(request) is null)
        {
            // Words that were written down without the command being known, or that are to be.
            await (task.Answers is { } written
                ? answers.SendAsync(task, back, written, within.Token)
                : told.TellAsync(task, back, new Refusal("form-unreadable", ""), within.Token));
            return;
        }

        if (request is null || (SlackLine.Of(request) ?? await pointed.LineAsync(request, task.Attempt, within.Token)) is not { } line)
        {
            await journal.FinishAsync(task, stoppingToken);
            return;
        }

        kill.Reach("slack-taken");
        var said = task.Answers;
        if (said is null)
        {
            var reading = line.Read(grammar);
            var changes = reading is Reading.Understood { Command.Spec.Effect: not Effect.Read };
            var channel = new SlackChannel(line, await readers.GetAsync(line.UserId, within.Token), runbook.Current, phrasebooks, brief: changes && line.Pressed)
            {
                Quiet = line.Quiet,
                Whole = changes || line.Text.Length == 0 ? "" : "glancy " + line.Text,
            };
            await RunAsync(task, line, reading, changes, channel, within.Token);
            said = channel.Answers;
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

    private async Task RunAsync(SlackTask task, SlackLine line, Reading reading, bool changes, SlackChannel channel, CancellationToken cancellationToken)
    {
        if (changes && task.Attempt > 1 && !Once(reading))
        {
            channel.Tell(new Refusal("interrupted", ""));
        }
        else if (changes && !line.Anywhere && !door.Value.MayChangeFrom(line.ChannelId))
        {
            channel.Tell(new Refusal("wrong-channel", "§4.4", line.ChannelId ?? "?", door.Value.Channel));
        }
        else
        {
            await runner.RunAsync(reading, channel.Culture, channel, cancellationToken, cancellationToken);
        }
    }

    // One message makes one line however often it is said: it may be said again after a replica died at it.
    private static bool Once(Reading reading) =>
        reading is Reading.Understood { Command.Spec.Verbs: "incident pin" or "handover add", Values: var values } && values.Has("link");
}
