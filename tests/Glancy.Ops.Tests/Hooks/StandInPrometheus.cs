using System.Collections.Concurrent;
using Glancy.Ops.Connectors.Prometheus;

namespace Glancy.Ops.Tests.Hooks;

/// <summary>Answers queries by a function, and remembers what it was asked.</summary>
internal sealed class StandInPrometheus(Func<string, PrometheusAnswer> answer) : IPrometheus
{
    public ConcurrentBag<(string Query, DateTimeOffset At)> Asked { get; } = [];

    /// <summary>Holds every answer back until so many queries wait; zero for at once.</summary>
    public int WaitFor { get; init; }

    private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<PrometheusAnswer> QueryAsync(
        string promql,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Add((promql, at));
        if (Asked.Count >= WaitFor)
        {
            all.TrySetResult();
        }

        await all.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken);
        return answer(promql);
    }
}
