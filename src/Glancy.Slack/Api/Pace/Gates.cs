using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Slack.Api.Pace;

/// <summary>
/// A gate per method, and one per channel for posts. They last as long as the process; a workspace has only so many
/// channels.
/// </summary>
internal sealed class Gates([FromKeyedServices(SlackServices.WireClock)] TimeProvider wire) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Gate>> all = new(StringComparer.Ordinal);

    /// <summary>Waits for a permit of the channel, then of the method.</summary>
    public async Task EnterAsync(SlackCall call, SlackLane lane, CancellationToken cancellationToken)
    {
        if (call.PostsTo is { } channel)
        {
            await Of("#" + channel, Pace.Channel).EnterAsync(lane, cancellationToken);
        }

        await Of(call.Method, MethodPace.Of(call.Method)).EnterAsync(lane, cancellationToken);
    }

    /// <summary>Too much was sent: posts are slowed down in their channel, all else by method.</summary>
    public void Close(SlackCall call, TimeSpan time)
    {
        var gate = call.PostsTo is { } channel
            ? Of("#" + channel, Pace.Channel)
            : Of(call.Method, MethodPace.Of(call.Method));
        gate.CloseFor(time);
    }

    public void Dispose()
    {
        foreach (var gate in all.Values.Where(g => g.IsValueCreated))
        {
            gate.Value.Dispose();
        }
    }

    private Gate Of(string name, Pace pace) =>
        all.GetOrAdd(name, _ => new Lazy<Gate>(() => new Gate(pace, wire))).Value;
}
