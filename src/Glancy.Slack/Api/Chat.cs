using System.Text.Json;
using Glancy.Slack.Blocks;

namespace Glancy.Slack.Api;

/// <summary><c>chat.*</c></summary>
public interface IChatApi
{
    /// <summary>Posts once. In doubt when the answer was lost: look for the metadata before posting again.</summary>
    Task<SlackResult<PostedMessage>> PostMessage(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Posts once, for one person. A lost one cannot be looked for.</summary>
    Task<SlackResult<SlackDone>> PostEphemeral(EphemeralMessage message, CancellationToken cancellationToken);

    Task<SlackResult<PostedMessage>> Update(MessageUpdate update, CancellationToken cancellationToken);

    Task<SlackResult<SlackDone>> Delete(string channel, string ts, CancellationToken cancellationToken);

    Task<SlackResult<Uri>> GetPermalink(string channel, string ts, CancellationToken cancellationToken);
}

internal sealed class ChatApi(Caller caller, BlockLadder ladder, SlackLane lane) : IChatApi
{
    public Task<SlackResult<PostedMessage>> PostMessage(OutgoingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return LadderAsync("chat.postMessage", message.Blocks, OnceAsync, cancellationToken);

        Task<SlackResult<PostedMessage>> OnceAsync(IReadOnlyList<Block>? blocks) =>
            caller.CallAsync(
                new SlackCall(
                    "chat.postMessage",
                    SlackEffect.Once,
                    message with
                    {
                        Blocks = blocks,
                    },
                    PostsTo: message.Channel
                ),
                lane,
                Posted,
                cancellationToken
            );
    }

    public Task<SlackResult<SlackDone>> PostEphemeral(EphemeralMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return LadderAsync("chat.postEphemeral", message.Blocks, OnceAsync, cancellationToken);

        Task<SlackResult<SlackDone>> OnceAsync(IReadOnlyList<Block>? blocks) =>
            caller.CallAsync(
                new SlackCall("chat.postEphemeral", SlackEffect.Once, message with { Blocks = blocks }),
                lane,
                _ => SlackDone.Value,
                cancellationToken
            );
    }

    public Task<SlackResult<PostedMessage>> Update(MessageUpdate update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        return LadderAsync("chat.update", update.Blocks, OnceAsync, cancellationToken);

        Task<SlackResult<PostedMessage>> OnceAsync(IReadOnlyList<Block>? blocks) =>
            caller.CallAsync(
                new SlackCall("chat.update", SlackEffect.Convergent, update with { Blocks = blocks ?? [] }),
                lane,
                Posted,
                cancellationToken
            );
    }

    public Task<SlackResult<SlackDone>> Delete(string channel, string ts, CancellationToken cancellationToken) =>
        caller.CallAsync(
            new SlackCall("chat.delete", SlackEffect.Convergent, new { channel, ts }, AlreadyDone: "message_not_found"),
            lane,
            _ => SlackDone.Value,
            cancellationToken
        );

    public Task<SlackResult<Uri>> GetPermalink(string channel, string ts, CancellationToken cancellationToken) =>
        caller.CallAsync(
            SlackCall.Read("chat.getPermalink", ("channel", channel), ("message_ts", ts)),
            lane,
            json => Uri.TryCreate(json.Text("permalink"), UriKind.Absolute, out var address) ? address : null,
            cancellationToken
        );

    private Task<SlackResult<T>> LadderAsync<T>(
        string method,
        IReadOnlyList<Block>? blocks,
        Func<IReadOnlyList<Block>?, Task<SlackResult<T>>> sendAsync,
        CancellationToken cancellationToken
    ) =>
        blocks is { Count: > 0 } some
            ? ladder.ClimbAsync(method, some, Limits.MessageBlocks, sendAsync, () => sendAsync(null), cancellationToken)
            : sendAsync(blocks);

    private static PostedMessage? Posted(JsonElement json) =>
        json.Text("channel") is { } channel && json.Text("ts") is { } ts ? new PostedMessage(channel, ts) : null;
}
