using Glancy.Slack.Api;
using Glancy.Slack.Inbound;

namespace Glancy.Slack.Handling;

/// <summary>Answers a slash command.</summary>
public interface ISlashCommandHandler
{
    /// <summary>With the stroke: <c>/echo</c>.</summary>
    string Command { get; }

    /// <summary>
    /// Called after the acknowledgement. What is returned goes to the command's response address; null says nothing.
    /// </summary>
    Task<ResponseMessage?> HandleAsync(SlashCommand command, CancellationToken cancellationToken);
}

/// <summary>Answers a click.</summary>
public interface IBlockActionHandler
{
    string ActionId { get; }

    /// <summary>
    /// Called after the acknowledgement. What is returned goes to the click's response address; null says nothing.
    /// </summary>
    Task<ResponseMessage?> HandleAsync(BlockAction action, BlockActions request, CancellationToken cancellationToken);
}

/// <summary>Answers a message's shortcut.</summary>
public interface IMessageShortcutHandler
{
    string CallbackId { get; }

    /// <summary>
    /// Called after the acknowledgement. What is returned goes to the shortcut's response address; null says nothing.
    /// </summary>
    Task<ResponseMessage?> HandleAsync(MessageShortcut shortcut, CancellationToken cancellationToken);
}

/// <summary>Answers a view that was sent off.</summary>
public interface IViewSubmissionHandler
{
    string CallbackId { get; }

    /// <summary>Called while Slack waits: it has to come back well within 3 s.</summary>
    Task<SlackReply> HandleAsync(ViewSubmission submission, CancellationToken cancellationToken);
}

/// <summary>Hears an event.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Naming",
    "CA1711",
    Justification = "SlackNet's name; an event here is Slack's, not .NET's"
)]
public interface IEventHandler<in T>
    where T : ISlackEvent
{
    /// <summary>Called after the acknowledgement.</summary>
    Task HandleAsync(T slackEvent, SlackEvent envelope, CancellationToken cancellationToken);
}
