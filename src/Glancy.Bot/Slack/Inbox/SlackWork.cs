using System.Data.Common;
using System.Globalization;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Running;
using Glancy.Bot.Commands.Words;
using Glancy.Bot.Slack.Home;
using Glancy.Ops;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Runbook;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Works on journalled deliveries: a typed command or a button's command runs as the person who did it. What reads may run again after a
/// replica died at it; what changes something never does by itself - the person is told to look first.
/// </summary>
internal sealed partial class SlackWork(
    SlackJournal journal,
    WorkSignal signal,
    SlackAnswers answers,
    SlackReaders readers,
    SlackMarks marks,
    SlackPointed pointed,
    SlackHomes homes,
    CommandRunner runner,
    CommandGrammar grammar,
    Phrasebooks phrasebooks,
    RunbookHolder runbook,
    IKillPoints kill,
    IOptions<GlancyOptions> options,
    IOptions<SlackDoorOptions> door,
    ILogger<SlackWork> logger) : BackgroundService
{
    private const int AtOnce = 6;

    // Reads that stand still never take the last hands: these are for what changes something.
    private const int ForChanges = 2;
    private const int MostTries = 5;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(turn => TurnsAsync(turn < ForChanges ? SlackUrgency.Change : SlackUrgency.Read, stoppingToken)));

    private async Task TurnsAsync(SlackUrgency upTo, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await journal.TakeAsync(options.Value.ReplicaId, door.Value.WorkWithin + Grace, upTo, stoppingToken) is { } task)
                {
                    await TryAsync(task, stoppingToken);
                }
                else
                {
                    await signal.WaitAsync(options.Value.WakeInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Whatever is wrong with one delivery, the next ones are worked on.
            catch (Exception trouble)
            {
                LogTrouble(trouble);
                await Task.Delay(options.Value.WakeInterval, stoppingToken);
            }
        }
    }

    // One that fails time and again is not looked at for ever: the person is told, and it ends.
    private async Task TryAsync(SlackTask task, CancellationToken stoppingToken)
    {
        try
        {
            await WorkAsync(task, stoppingToken);
        }
        catch (Exception trouble) when (!(trouble is DbException { } failed && failed.IsPassing()) && !stoppingToken.IsCancellationRequested)
        {
            LogTrouble(trouble);
            if (task.Attempt < MostTries || (task.Answers is not null && trouble is OperationCanceledException))
            {
                await journal.AgainAsync(task, Again, stoppingToken);
                return;
            }

            LogGivenUp(trouble, task.Id, task.Attempt);
            if (task.Answers is null && SlackRequestReader.Read(task.Kind, task.RawBody) is { } request && SlackLine.Back(request) is { } back)
            {
                await TellAsync(task, back, new Refusal(OnlyReads(request) ? "not-worked-on-read" : "not-worked-on", "", task.Id.ToString(CultureInfo.InvariantCulture)), stoppingToken);
            }
            else
            {
                await journal.FinishAsync(task, stoppingToken);
            }
        }
    }

    // Whoever only asked has certainly changed nothing.
    private bool OnlyReads(SlackRequest request) => SlackLine.Of(request) is { } line && line.Read(grammar) is not Reading.Understood { Command.Spec.Effect: not Effect.Read };

    private async Task TellAsync(SlackTask task, SlackLine back, Refusal refusal, CancellationToken cancellationToken)
    {
        var channel = new SlackChannel(back, new SlackReader(null, SlackMembership.Unknown), runbook.Current, phrasebooks, brief: false);
        channel.Tell(refusal);
        if (await journal.AnswerAsync(task, channel.Answers, cancellationToken))
        {
            await answers.SendAsync(task, back, channel.Answers, cancellationToken);
        }
    }

    private async Task WorkAsync(SlackTask task, CancellationToken stoppingToken)
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
            await (task.Answers is { } told ? answers.SendAsync(task, back, told, within.Token) : TellAsync(task, back, new Refusal("form-unreadable", ""), within.Token));
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Id} could not be worked on {Tries} times; it is given up, and the person is told where there is one")]
    private partial void LogGivenUp(Exception trouble, long id, int tries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery could not be worked on; it is looked at again")]
    private partial void LogTrouble(Exception trouble);
}
