using Glancy.Bot.Slack.Home;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>What comes of an event by itself, without a command that somebody said.</summary>
internal sealed class SlackEvents(SlackMarks marks, SlackHomes homes)
{
    /// <param name="attempt">1 for the first.</param>
    /// <exception cref="HttpRequestException">Slack could not be asked; it is to be tried again.</exception>
    public async Task TakeAsync(SlackEvent seen, int attempt, CancellationToken cancellationToken)
    {
        await marks.TakeAsync(seen, attempt, cancellationToken);
        await homes.OpenedAsync(seen, cancellationToken);
    }
}
