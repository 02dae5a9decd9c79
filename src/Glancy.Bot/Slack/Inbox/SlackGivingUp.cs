using System.Globalization;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Slack.Outbox;
using Glancy.Ops.Kernel;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// A delivery that fails time and again is not looked at for ever: it is kept as a dead letter, and somebody is told.
/// </summary>
internal sealed partial class SlackGivingUp(
    SlackJournal journal,
    SlackTold told,
    SlackGone gone,
    CommandGrammar grammar,
    ILogger<SlackGivingUp> logger
)
{
    public async Task GiveUpAsync(SlackTask task, string trouble, CancellationToken cancellationToken)
    {
        LogGivenUp(task.Id, task.Attempt, trouble);
        if (!await journal.GiveUpAsync(task, trouble, cancellationToken))
        {
            return;
        }

        // Whoever waits for an answer hears it; where nobody does, whoever is called first.
        if (
            task.Answers is null
            && SlackRequestReader.Read(task.Kind, task.RawBody) is { } request
            && SlackLine.Back(request) is { } back
        )
        {
            var code = OnlyReads(request) ? "not-worked-on-read" : "not-worked-on";
            await told.TellAsync(
                task,
                back,
                new Refusal(code, "", task.Id.ToString(CultureInfo.InvariantCulture)),
                cancellationToken
            );
            return;
        }

        await gone.TellGivenUpAsync(SlackJournal.Queue.Name, trouble, cancellationToken);
        await journal.FinishAsync(task, cancellationToken);
    }

    // Whoever only asked has certainly changed nothing.
    private bool OnlyReads(SlackRequest request) =>
        SlackLine.Of(request) is { } line
        && line.Read(grammar) is not Reading.Understood { Command.Spec.Effect: not Effect.Read };

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Delivery {Id} could not be worked on {Tries} times ({Trouble}); "
            + "it is given up, and the person is told where there is one"
    )]
    private partial void LogGivenUp(long id, int tries, string trouble);
}
