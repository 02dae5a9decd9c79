using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Words;
using Glancy.Ops;
using Glancy.Ops.Runbook;
using Glancy.Slack;
using Glancy.Slack.Api;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack;

/// <summary>
/// Works on journalled deliveries: a typed command or a button's command runs as the person who did it. What reads may run again after a
/// replica died at it; what changes something never does by itself - the person is told to look first.
/// </summary>
public sealed partial class SlackWork(
    SlackJournal journal,
    SlackBell bell,
    CommandRunner runner,
    CommandGrammar grammar,
    Phrasebooks phrasebooks,
    RunbookHolder runbook,
    ISlackApiClient slack,
    IOptions<GlancyOptions> options,
    IOptions<SlackDoorOptions> door,
    ILogger<SlackWork> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => TurnsAsync(stoppingToken)));

    private async Task TurnsAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await journal.TakeAsync(options.Value.ReplicaId, door.Value.WorkWithin + Grace, stoppingToken) is { } task)
                {
                    await WorkAsync(task, stoppingToken);
                }
                else
                {
                    await bell.WaitAsync(options.Value.WakeInterval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever is wrong with one delivery, the next ones are worked on.
            catch (Exception trouble)
#pragma warning restore CA1031
            {
                LogTrouble(trouble);
                await Task.Delay(options.Value.WakeInterval, stoppingToken);
            }
        }
    }

    private async Task WorkAsync(SlackTask task, CancellationToken stoppingToken)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        within.CancelAfter(door.Value.WorkWithin);
        if (SlackRequestReader.Read(task.Kind, task.RawBody) is { } request && SlackLine.Of(request) is { } line)
        {
            var channel = new SlackChannel(line, runbook.Current, phrasebooks, slack);
            var interrupted = task.Attempt > 1 && grammar.ReadLine(line.Text) is Reading.Understood { Command.Spec.Effect: not Effect.Read };
            if (interrupted)
            {
                await channel.TellAsync(new Refusal("interrupted", ""), within.Token);
            }
            else
            {
                await runner.RunLineAsync(line.Text, channel, within.Token);
            }
        }

        await journal.FinishAsync(task, stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery could not be worked on; it is looked at again")]
    private partial void LogTrouble(Exception trouble);
}
