namespace Glancy.Slack.Api;

/// <summary><c>reactions.*</c>; names without colons.</summary>
public interface IReactionsApi
{
    Task<SlackResult<SlackDone>> Add(string channel, string ts, string name, CancellationToken cancellationToken);

    Task<SlackResult<SlackDone>> Remove(string channel, string ts, string name, CancellationToken cancellationToken);
}

/// <summary><c>pins.*</c></summary>
public interface IPinsApi
{
    Task<SlackResult<SlackDone>> Add(string channel, string ts, CancellationToken cancellationToken);

    Task<SlackResult<SlackDone>> Remove(string channel, string ts, CancellationToken cancellationToken);
}

internal sealed class ReactionsApi(Caller caller, SlackLane lane) : IReactionsApi
{
    public Task<SlackResult<SlackDone>> Add(
        string channel,
        string ts,
        string name,
        CancellationToken cancellationToken
    ) =>
        caller.CallAsync(
            new SlackCall(
                "reactions.add",
                SlackEffect.Convergent,
                new
                {
                    channel,
                    timestamp = ts,
                    name,
                },
                AlreadyDone: "already_reacted"
            ),
            lane,
            _ => SlackDone.Value,
            cancellationToken
        );

    public Task<SlackResult<SlackDone>> Remove(
        string channel,
        string ts,
        string name,
        CancellationToken cancellationToken
    ) =>
        caller.CallAsync(
            new SlackCall(
                "reactions.remove",
                SlackEffect.Convergent,
                new
                {
                    channel,
                    timestamp = ts,
                    name,
                },
                AlreadyDone: "no_reaction"
            ),
            lane,
            _ => SlackDone.Value,
            cancellationToken
        );
}

internal sealed class PinsApi(Caller caller, SlackLane lane) : IPinsApi
{
    public Task<SlackResult<SlackDone>> Add(string channel, string ts, CancellationToken cancellationToken) =>
        caller.CallAsync(
            new SlackCall(
                "pins.add",
                SlackEffect.Convergent,
                new { channel, timestamp = ts },
                AlreadyDone: "already_pinned"
            ),
            lane,
            _ => SlackDone.Value,
            cancellationToken
        );

    public Task<SlackResult<SlackDone>> Remove(string channel, string ts, CancellationToken cancellationToken) =>
        caller.CallAsync(
            new SlackCall(
                "pins.remove",
                SlackEffect.Convergent,
                new { channel, timestamp = ts },
                AlreadyDone: "no_pin"
            ),
            lane,
            _ => SlackDone.Value,
            cancellationToken
        );
}
