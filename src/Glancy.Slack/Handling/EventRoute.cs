using System.Text.Json;
using Glancy.Slack.Inbound;

namespace Glancy.Slack.Handling;

/// <summary>Brings an event to the handlers of its kind.</summary>
internal abstract class EventRoute
{
    public abstract string Type { get; }

    public abstract Task HandleAsync(SlackEvent envelope, CancellationToken cancellationToken);
}

internal sealed class EventRoute<T>(IEventHandler<T> handler) : EventRoute
    where T : class, ISlackEvent
{
    public override string Type => T.EventType;

    /// <exception cref="JsonException">The event lacks what its kind needs.</exception>
    public override async Task HandleAsync(SlackEvent envelope, CancellationToken cancellationToken)
    {
        var slackEvent = envelope.Event.Deserialize<T>(SlackJson.Options) ?? throw new JsonException($"no {Type}");
        await handler.HandleAsync(slackEvent, envelope, cancellationToken);
    }
}
