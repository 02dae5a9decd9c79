namespace Glancy.Slack.Api;

/// <summary>Whose token it is.</summary>
public sealed record SlackIdentity(string TeamId, string UserId, string? BotId, string? Team, string? User);

/// <summary><c>auth.*</c></summary>
public interface IAuthApi
{
    Task<SlackResult<SlackIdentity>> Test(CancellationToken cancellationToken);
}

internal sealed class AuthApi(Caller caller, SlackLane lane) : IAuthApi
{
    public Task<SlackResult<SlackIdentity>> Test(CancellationToken cancellationToken) =>
        caller.CallAsync(
            SlackCall.Read("auth.test"),
            lane,
            json =>
                json.Text("team_id") is { } team && json.Text("user_id") is { } user
                    ? new SlackIdentity(team, user, json.Text("bot_id"), json.Text("team"), json.Text("user"))
                    : null,
            cancellationToken
        );
}
