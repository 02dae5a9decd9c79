using Glancy.Bot.Commands.Grammar;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>How soon something wants an answer.</summary>
internal enum SlackUrgency
{
    /// <summary>It changes something or confirms it: production may wait for it.</summary>
    Change = 0,

    /// <summary>It reads.</summary>
    Read = 1,
}

/// <summary>Tells what changes something from what only reads, before anybody works on it.</summary>
internal sealed class SlackLanes(CommandGrammar grammar)
{
    /// <summary>What is not understood is answered quickly, and waits among the reads.</summary>
    public SlackUrgency Of(SlackRequest request) =>
        request switch
        {
            MessageShortcut => SlackUrgency.Change,
            _ when SlackLine.Of(request)?.Read(grammar)
                    is Reading.Understood { Command.Spec.Effect: not Effect.Read } => SlackUrgency.Change,
            _ => SlackUrgency.Read,
        };

    /// <summary>Whose waiting is counted; empty for what nobody waits for.</summary>
    public static string PersonOf(SlackRequest request)
    {
        return request is SlackEvent seen ? SlackMentions.Line(seen)?.UserId ?? "" : request.UserId ?? "";
    }
}
