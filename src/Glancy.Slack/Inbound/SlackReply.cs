using Glancy.Slack.Api;
using Glancy.Slack.Blocks;

namespace Glancy.Slack.Inbound;

/// <summary>What Slack hears at once. Everything else is said later, through the Web API.</summary>
public abstract record SlackReply
{
    private protected SlackReply() { }

    /// <summary>Taken; nothing more to say. Closes a view.</summary>
    public static SlackReply Taken { get; } = new TakenReply();

    /// <summary>
    /// Not taken: nothing was recorded. A person who typed a command is told so; Slack shows its own sign for the rest.
    /// </summary>
    /// <param name="text">What to tell; null for the words of the options.</param>
    public static SlackReply NotTaken(string? text = null) => new NotTakenReply(text);

    /// <summary>Words for who typed the command, or for the channel. Only commands are answered so.</summary>
    public static SlackReply Say(ResponseMessage message) => new MessageReply(message);

    /// <summary>Complaints about fields of a view, by block id. Only a submission is answered so.</summary>
    public static SlackReply Errors(IReadOnlyDictionary<string, string> errors) =>
        new ViewReply("errors", null, errors);

    /// <summary>Another view in the place of this one.</summary>
    public static SlackReply Update(View view) => new ViewReply("update", view, null);

    /// <summary>Another view on top of this one.</summary>
    public static SlackReply Push(View view) => new ViewReply("push", view, null);

    /// <summary>All views close.</summary>
    public static SlackReply Clear { get; } = new ViewReply("clear", null, null);
}

internal sealed record TakenReply : SlackReply;

internal sealed record NotTakenReply(string? Text) : SlackReply;

internal sealed record MessageReply(ResponseMessage Message) : SlackReply;

internal sealed record ViewReply(string ResponseAction, View? View, IReadOnlyDictionary<string, string>? FieldErrors)
    : SlackReply;
