using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Running;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;
using Glancy.Slack.Api;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Runs a line as the person who said it, and collects what is answered. What changes something is run once, and from
/// the environment's own channel.
/// </summary>
internal sealed class SlackCommands(
    CommandGrammar grammar,
    CommandRunner runner,
    SlackUserProfiles readers,
    RunbookHolder runbook,
    Phrasebooks phrasebooks,
    IOptions<SlackDoorOptions> door
)
{
    /// <param name="attempt">1 for the first; a later one finds what an earlier one may have done.</param>
    public async Task<IReadOnlyList<ResponseMessage>> RunAsync(
        SlackLine line,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        var reading = line.Read(grammar);
        var changes = reading is Reading.Understood { Command.Spec.Effect: not Effect.Read };
        var reader = await readers.GetAsync(line.UserId, cancellationToken);
        var channel = new SlackChannel(line, reader, runbook.Current, phrasebooks, brief: changes && line.Pressed)
        {
            Quiet = line.Quiet,
            Whole = changes || line.Text.Length == 0 ? "" : "glancy " + line.Text,
        };
        if (changes && attempt > 1 && !Once(reading))
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

        return channel.Answers;
    }

    // One message makes one line however often it is said: it may be said again after a replica died at it.
    private static bool Once(Reading reading) =>
        reading is Reading.Understood { Command.Spec.Verbs: "incident pin" or "handover add", Values: var values }
        && values.Has("link");
}
