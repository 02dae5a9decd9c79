namespace Glancy.Slack.Api;

/// <summary>
/// Slack's Web API. Every call ends within its deadline in a <see cref="SlackResult{T}"/>: yes, no, or in doubt. It
/// throws only when its token is cancelled before anything was sent, and when what it is given breaks a limit of
/// Slack's.
/// </summary>
public interface ISlackApiClient
{
    IAuthApi Auth { get; }

    IChatApi Chat { get; }

    IViewsApi Views { get; }

    IUsersApi Users { get; }

    IUserGroupsApi UserGroups { get; }

    IConversationsApi Conversations { get; }

    IFilesApi Files { get; }

    IReactionsApi Reactions { get; }

    IPinsApi Pins { get; }

    /// <summary>The same client in another lane; without it calls go in the lane of cards.</summary>
    ISlackApiClient In(SlackLane lane);

    /// <summary>
    /// Answers a command or a click through its response address: at most five times within 30 min. Sent once, like a
    /// post.
    /// </summary>
    Task<SlackResult<SlackDone>> Respond(Uri responseUrl, ResponseMessage message, CancellationToken cancellationToken);
}
