using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Glancy.Ops;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Sandbox.Worlds;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Glancy.Bench;

/// <summary>
/// A hook snapshot as a person gets it (<c>hk</c> over the socket, asked until the last line, warm) against the slowest
/// of what it asks, alone: each query by itself at the same Prometheus, and the release status by itself at the same
/// bastion. Medians of each, with the same pause before each: a machine that was idle is slower for everybody.
/// </summary>
internal static class Snapshot
{
    public const string Row = "hook snapshot, against the slowest of what it asks, alone";

    private const int Rounds = 15;
    private const int Alone = 7;

    // Whoever asks sooner is shown the look of whoever asked before, and nothing is looked at.
    private static readonly TimeSpan Old = TimeSpan.FromMilliseconds(1100);

    public static async Task<IReadOnlyList<Line>> MeasureAsync(World world)
    {
        var bot = world.Replicas[0];
        var wall = await MedianAsync(Rounds, () => Bench.AskAsync(bot, "hk"), Old);

        var bastion = world.Bastion;
        await using var connection = new BastionConnection(
            Options.Create(
                new BastionOptions
                {
                    Host = "127.0.0.1",
                    Port = bastion.Port,
                    User = bastion.User,
                    KeyFile = bastion.KeyFile,
                    HostKey = bastion.HostKeyFingerprint,
                }
            ),
            NullLogger<BastionConnection>.Instance
        );
        var tool = new ReleaseTool(new SshBastion(connection));
        var known = (await tool.StatusAsync(CancellationToken.None)).Has(out var status, out _);
        var release = await MedianAsync(Alone, () => tool.StatusAsync(CancellationToken.None), Old);
        var content =
            OpsServices.FilesAlone().Load(Path.Combine(Bench.Root(), "runbook")).Content
            ?? throw new InvalidOperationException("The runbook cannot be loaded.");

        await using var services = new ServiceCollection()
            .AddLogging()
            .AddPrometheus(new PrometheusOptions(world.Prometheus.Url))
            .BuildServiceProvider();
        var asked = new Recorder(services.GetRequiredService<IPrometheus>());
        await new HookReader(asked).ReadAsync(content, status, world.Clock.Now, CancellationToken.None);
        var (slow, most) = ("", 0.0);
        foreach (var query in asked.Queries)
        {
            if (await MedianAsync(Alone, () => AskAsync(query)) is var took && took > most)
            {
                (slow, most) = (query, took);
            }
        }

        var slowest = await MedianAsync(Alone, () => AskAsync(slow), Old);

        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{wall:0} ms; alone: release status {release:0} ms{(known ? "" : " (unknown)")}, "
                + $"slowest of {asked.Queries.Count} queries {slowest:0.0} ms"
        );
        return [Line.AtMost(Row, wall / Math.Max(slowest, release), "x", (1.1, 1.05), detail)];

        Task<PrometheusAnswer> AskAsync(string query) =>
            asked.QueryAsync(query, world.Clock.Now, CancellationToken.None);
    }

    // Milliseconds; once before, so that nothing is asked for the first time.
    private static async Task<double> MedianAsync<T>(int rounds, Func<Task<T>> act, TimeSpan between = default)
    {
        await act();
        var took = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            await Task.Delay(between);
            var start = Stopwatch.GetTimestamp();
            await act();
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return took.Order().ElementAt(rounds / 2);
    }

    private sealed class Recorder(IPrometheus inner) : IPrometheus
    {
        private readonly ConcurrentDictionary<string, bool> queries = new();

        public ICollection<string> Queries => queries.Keys;

        public Task<PrometheusAnswer> QueryAsync(string promql, DateTimeOffset at, CancellationToken cancellationToken)
        {
            queries[promql] = true;
            return inner.QueryAsync(promql, at, cancellationToken);
        }
    }
}
