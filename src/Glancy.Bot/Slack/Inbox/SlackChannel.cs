using System.Globalization;
using System.Text.Json;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Running;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook;
using Glancy.Slack.Api;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Somebody in Slack who said one line. Who it is says the signed request; nobody is stood in for. The answers are for
/// that person alone, and are collected here: they are written down before they are sent.
/// </summary>
/// <param name="brief">The message with the button shows what comes of it: one sentence is answer enough, unless it is
/// a refusal.</param>
internal sealed class SlackChannel(
    SlackLine line,
    SlackUserProfile reader,
    RunbookContent runbook,
    Phrasebooks phrasebooks,
    bool brief
) : IChannel
{
    private readonly List<ResponseMessage> answers = [];
    private readonly List<Text> before = [];

    public IReadOnlyList<ResponseMessage> Answers => answers;

    /// <summary>Only what is refused is told.</summary>
    public bool Quiet { get; init; }

    /// <summary>
    /// What shows an answer that is too long to be seen whole here, unless its page knows better; empty where saying it
    /// again would do something.
    /// </summary>
    public string Whole { get; init; } = "";

    /// <summary>The language of the person's Slack, else the one of people.yaml.</summary>
    public CultureInfo? Culture =>
        reader.Culture
        ?? (Identify(null).Caller.Person is { } person ? CultureInfo.GetCultureInfo(person.Language) : null);

    public bool StaysOpen => false;

    // Slack is no place for guests: who is not in people.yaml, or no full member, is told so, whatever they ask.
    public Identified Identify(string? standIn)
    {
        var person = runbook.People.Values.FirstOrDefault(p => p.Slack == line.UserId);
        var caller = new Caller(line.UserId, person, StandIn: false);
        return standIn is not null ? new Identified(caller, new Refusal("stand-in-forbidden", "§8", standIn))
            : person is null ? new Identified(caller, new Refusal("unknown-person", "§1.1", line.UserId))
            : reader.Membership == SlackMembership.Stranger
                ? new Identified(caller, new Refusal("not-a-member", "§1.1", person.Name))
            : reader.Membership == SlackMembership.Unknown
                ? new Identified(caller, new Refusal("member-unknown", "§1.1", person.Name))
            : new Identified(caller, null);
    }

    public IReplies Replies(OutputOptions options) => new SlackReplies(this, options);

    public Task RefuseAsync(Page page, RefusalData data, OutputOptions options, CancellationToken cancellationToken) =>
        Answer(page, data, options);

    /// <summary>Answers without running anything.</summary>
    public void Tell(Refusal refusal) =>
        Answer(RefusalView.Answer(refusal, Words).Page, null, new OutputOptions(null, null, false));

    private Phrasebook Words => phrasebooks.In(Culture);

    private Task Answer(Page page, object? data, OutputOptions options)
    {
        if (Quiet && data is not (null or RefusalData))
        {
            return Task.CompletedTask;
        }

        var shown =
            options.Json && data is not null
                ? SlackPage.Data(JsonSerializer.Serialize(data, data.GetType(), BotDatabase.Json), Words)
            : brief && data is not RefusalData
                ? SlackPage.Sentence(new Page(page.Title + " " + Words["slack.card-shows"], []), Words)
            : SlackPage.Render(page.Whole.Length > 0 ? page : page with { Whole = Whole }, before, Words);
        before.Clear();
        answers.Add(new ResponseMessage(shown.Text, shown.Blocks, ReplaceOriginal: false));
        return Task.CompletedTask;
    }

    private sealed class SlackReplies(SlackChannel channel, OutputOptions options) : IReplies
    {
        public Task PageAsync(Page page, object data, CancellationToken cancellationToken) =>
            channel.Answer(page, data, options);

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
