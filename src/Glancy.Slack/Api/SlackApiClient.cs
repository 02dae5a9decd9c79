using System.Net;
using System.Text;
using Glancy.Slack.Blocks;

namespace Glancy.Slack.Api;

internal sealed class SlackApiClient(
    Caller caller,
    BlockLadder ladder,
    Wire wire,
    ForeignAddress addresses,
    SlackLane lane = SlackLane.Card
) : ISlackApiClient
{
    public IAuthApi Auth { get; } = new AuthApi(caller, lane);

    public IChatApi Chat { get; } = new ChatApi(caller, ladder, lane);

    public IViewsApi Views { get; } = new ViewsApi(caller, ladder, lane);

    public IUsersApi Users { get; } = new UsersApi(caller, lane);

    public IUserGroupsApi UserGroups { get; } = new UserGroupsApi(caller, lane);

    public IConversationsApi Conversations { get; } = new ConversationsApi(caller, lane);

    public IFilesApi Files { get; } = new FilesApi(caller, wire, addresses, lane);

    public IReactionsApi Reactions { get; } = new ReactionsApi(caller, lane);

    public IPinsApi Pins { get; } = new PinsApi(caller, lane);

    public ISlackApiClient In(SlackLane lane) => new SlackApiClient(caller, ladder, wire, addresses, lane);

    public async Task<SlackResult<SlackDone>> Respond(
        Uri responseUrl,
        ResponseMessage message,
        CancellationToken cancellationToken
    )
    {
        if (!addresses.TakesResponses(responseUrl))
        {
            return new SlackFailed<SlackDone>(ForeignAddress.Refused(responseUrl));
        }

        return message.Blocks is { Count: > 0 } blocks
            ? await ladder.ClimbAsync(
                "respond",
                blocks,
                Limits.MessageBlocks,
                shown => OnceAsync(message with { Blocks = shown }),
                message.Text is null ? null : () => OnceAsync(message with { Blocks = null }),
                cancellationToken
            )
            : await OnceAsync(message);

        Task<SlackResult<SlackDone>> OnceAsync(ResponseMessage said)
        {
            var call = new SlackCall("respond", SlackEffect.Once, said);
            return caller.CallAsync(
                call,
                lane,
                token => wire.PostAsync(responseUrl, call.Content(), Heard, token),
                _ => SlackDone.Value,
                cancellationToken
            );
        }
    }

    // Not the Web API's manners: "ok" as text, and an error as a status with its code as text or JSON.
    private static Answer Heard(HttpStatusCode status, TimeSpan? after, byte[] body) =>
        (int)status switch
        {
            429 => new Answer.TooMuch(after),
            >= 500 => new Answer.Doubt($"HTTP {(int)status}"),
            _ when body.AsSpan().StartsWith("{"u8) => Answer.Read(status, after, body),
            >= 200 and < 300 => new Answer.Yes(default),
            _ => new Answer.No(
                $"http_{(int)status}",
                [Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)))]
            ),
        };
}
