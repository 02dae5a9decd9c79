using System.Text.Json;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops;
using Glancy.Ops.Database;
using Glancy.Ops.Runbook;
using Glancy.Slack.Api;

namespace Glancy.Bot.Slack;

/// <summary>
/// Somebody in Slack who said one line. Who it is says the signed request; nobody is stood in for. Answers are for that person alone.
/// </summary>
internal sealed class SlackChannel(SlackLine line, RunbookContent runbook, Phrasebooks phrasebooks, ISlackApiClient slack) : IChannel
{
    private readonly List<Text> before = [];

    public bool StaysOpen => false;

    // Slack is no place for guests: who is not in people.yaml is told so, whatever they ask.
    public Identified Identify(string? standIn)
    {
        var person = runbook.People.Values.FirstOrDefault(p => p.Slack == line.UserId);
        var caller = new Caller(line.UserId, person, StandIn: false);
        return standIn is not null ? new Identified(caller, new Refusal("stand-in-forbidden", "§8", standIn))
            : person is null ? new Identified(caller, new Refusal("unknown-person", "§1.1", line.UserId))
            : new Identified(caller, null);
    }

    public IReplies Replies(Manner manner) => new SlackReplies(this, manner);

    public Task RefuseAsync(Page page, RefusalData data, Manner manner, CancellationToken cancellationToken) => SendAsync(page, data, manner, cancellationToken);

    /// <summary>Answers without running anything.</summary>
    public Task TellAsync(Refusal refusal, CancellationToken cancellationToken) =>
        SendAsync(RefusalView.Answer(refusal, Words).Page, null, new Manner(null, null, false), cancellationToken);

    private Phrasebook Words => phrasebooks.In(Identify(null).Caller.Person is { } person ? System.Globalization.CultureInfo.GetCultureInfo(person.Language) : null);

    private async Task SendAsync(Page page, object? data, Manner manner, CancellationToken cancellationToken)
    {
        var shown = manner.Json && data is not null
            ? SlackPage.Data(JsonSerializer.Serialize(data, data.GetType(), BotDatabase.Json), Words)
            : SlackPage.Render(page, before, Words);
        before.Clear();
        var client = slack.In(SlackLane.Confirmation);
        if (line.ResponseUrl is { } address)
        {
            await client.Respond(address, new ResponseMessage(shown.Text, shown.Blocks, ReplaceOriginal: false), cancellationToken);
        }
        else if (line.ChannelId is { } channel)
        {
            await client.Chat.PostEphemeral(new EphemeralMessage(channel, line.UserId, shown.Text, shown.Blocks), cancellationToken);
        }
    }

    private sealed class SlackReplies(SlackChannel channel, Manner manner) : IReplies
    {
        public Task PageAsync(Page page, object data, CancellationToken cancellationToken) => channel.SendAsync(page, data, manner, cancellationToken);

        public Task LineAsync(Text line, object data, CancellationToken cancellationToken) => Keep(line);

        public Task RawAsync(string line, CancellationToken cancellationToken) => Keep(line);

        public Task NoteAsync(Text note, CancellationToken cancellationToken) => Keep(note);

        // Said together with the page that follows.
        private Task Keep(Text line)
        {
            channel.before.Add(line);
            return Task.CompletedTask;
        }
    }
}
