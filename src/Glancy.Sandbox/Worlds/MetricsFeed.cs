using Glancy.Sandbox.Production;
using Glancy.Sandbox.Prometheus;

namespace Glancy.Sandbox.Worlds;

/// <summary>
/// Writes the model's samples to Prometheus. What cannot be written while it is away is kept and written, in order,
/// when it is back: the world goes on without its Prometheus.
/// </summary>
/// <param name="tools">Held while the model moves, so that tools see it between steps.</param>
internal sealed partial class MetricsFeed(
    ProductionModel model,
    Lock tools,
    RemoteWriter writer,
    ILogger<MetricsFeed> log
)
{
    private readonly List<IReadOnlyList<Series>> waiting = [];

    /// <summary>The product's error minutes are written with the samples of the same steps.</summary>
    public ErrorMinutesFeed? ErrorMinutes { get; init; }

    /// <summary>
    /// Steps the model until it stands at <paramref name="to"/> or later, and writes. False when Prometheus is away.
    /// </summary>
    public async Task<bool> WriteUpToAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        lock (tools)
        {
            while (model.At < to)
            {
                model.Step();
            }

            if (model.TakeSamples() is { Count: > 0 } samples)
            {
                waiting.Add(samples);
            }
        }

        await (ErrorMinutes?.WriteAsync(cancellationToken) ?? Task.CompletedTask);
        while (waiting.Count > 0)
        {
            try
            {
                await writer.WriteAsync(waiting[0], cancellationToken);
            }
            catch (HttpRequestException refused) when (refused.StatusCode == System.Net.HttpStatusCode.BadRequest)
            {
                LogRefused(log, refused.Message);
            }
            catch (Exception away)
                when (away is HttpRequestException
                    || (away is TaskCanceledException && !cancellationToken.IsCancellationRequested)
                )
            {
                return false;
            }

            waiting.RemoveAt(0);
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Samples dropped: {Reason}")]
    private static partial void LogRefused(ILogger log, string reason);
}
