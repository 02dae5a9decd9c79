using System.Net;
using System.Text;

namespace Glancy.Slack.Api;

internal sealed class SlackApiClient(Caller caller, Wire wire, ForeignAddress addresses, SlackLane lane = SlackLane.Card) : ISlackApiClient
{
    public IAuthApi Auth { get; } = new AuthApi(caller, lane);

    public IChatApi Chat { get; } = new ChatApi(caller, lane);

    public IViewsApi Views { get; } = new ViewsApi(caller, lane);

    public IUsersApi Users { get; } = new UsersApi(caller, lane);

    public IUserGroupsApi UserGroups { get; } = new UserGroupsApi(caller, lane);

    public IConversationsApi Conversations { get; } = new ConversationsApi(caller, lane);

    public IFilesApi Files { get; } = new FilesApi(caller, wire, addresses, lane);

    public IReactionsApi Reactions { get; } = new ReactionsApi(caller, lane);

    public IPinsApi Pins { get; } = new PinsApi(caller, lane);

    public ISlackApiClient In(SlackLane lane) => new SlackApiClient(caller, wire, addresses, lane);

    public async Task<SlackResult<SlackDone>> Respond(Uri responseUrl, ResponseMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(responseUrl);
        if (!addresses.TakesResponses(responseUrl))
        {
            return new SlackFailed<SlackDone>(ForeignAddress.Refused(responseUrl));
        }

        var call = new SlackCall("respond", SlackEffect.Once, message);
        return await caller.CallAsync(call, lane, token => wire.PostAsync(responseUrl, call.Content(), Heard, token), _ => SlackDone.Value, cancellationToken);
    }

    // Not the Web API's manners: "ok" as text, and an error as a status with its code as text or JSON.
    private static Answer Heard(HttpStatusCode status, TimeSpan? after, byte[] body) => (int)status switch
    {
        429 => new Answer.TooMuch(after),
        >= 200 and < 300 when body.AsSpan().StartsWith("{"u8) => Answer.Read(status, after, body),
        >= 200 and < 300 => new Answer.Yes(default),
        >= 500 => new Answer.Doubt($"HTTP {(int)status}"),
        _ => new Answer.No($"http_{(int)status}", [Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)))]),
    };
}
