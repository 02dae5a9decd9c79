using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Slack.Api;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Tells a person at once that what they did could not be written down, or that nobody knows whether it was.
/// </summary>
internal sealed class UnrecordedReply(ISlackApiClient slack, SlackPeople people, IHostApplicationLifetime life)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>In one line: what is known, and what to do next.</summary>
    public static string Words(Refusal refusal, Phrasebook words)
    {
        var data = RefusalView.Data(refusal, words);
        return $"{data.Words} {data.Next}";
    }

    /// <param name="certain">Whether it is certain that nothing was written down.</param>
    public static Refusal Refusal(bool certain) => new(certain ? "unreachable-database" : "database-lost", "");

    public SlackReply Of(SlackRequest request, Refusal refusal)
    {
        var words = people.Find(request.UserId) is { } person ? people.Words(person) : people.ChannelWords;
        var shown = SlackPage.Render(RefusalView.Answer(refusal, words).Page, [], words);
        var message = new ResponseMessage(shown.Text, shown.Blocks, ReplaceOriginal: false);
        switch (request)
        {
            case SlashCommand:
                return SlackReply.Say(message);
            case ViewSubmission { View.Values: { Count: > 0 } values }:
                // Under the field: the form stays open, and what was written in it stays there.
                return SlackReply.Errors(
                    new Dictionary<string, string> { [values.Keys.First().BlockId] = Words(refusal, words) }
                );
            case BlockActions { ResponseUrl: { } address }:
                // Slack itself only puts a sign beside the button.
                _ = TellAsync(address, message);
                return SlackReply.NotTaken();
            case MessageShortcut { ResponseUrl: { } address }:
                _ = TellAsync(address, message);
                return SlackReply.NotTaken();
            default:
                return SlackReply.NotTaken();
        }
    }

    // The acknowledgement does not wait for it. A refusal of Slack's is a value; what is cut off here has nobody to go
    // to.
    private async Task TellAsync(Uri address, ResponseMessage message)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping);
        within.CancelAfter(Patience);
        try
        {
            await slack.In(SlackLane.Confirmation).Respond(address, message, within.Token);
        }
        catch (OperationCanceledException)
        {
            // The bot ends, or Slack is away as well; Slack's sign stands beside the button.
        }
    }
}
