using Glancy.Sandbox.Prometheus;

namespace Glancy.Sandbox.Tests.Prometheus;

public sealed class PrometheusServerTests
{
    private static readonly DateTimeOffset Start = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_answered_at_its_own_time_and_survives_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using var server = await PrometheusServer.StartAsync(folder.In("prometheus"), Token);
        using var writer = new RemoteWriter(server.Url);
        var points = Enumerable.Range(0, 241).Select(i => new Point(Start.AddSeconds(15 * (i - 240)), 10 * i)).ToList();
        await writer.WriteAsync(
            [new Series("requests_total", [new("route", "/lookup"), new("env", "prod")], points)],
            Token
        );

        const string Query = "sum(increase(requests_total{env=\"prod\"}[5m]))";
        Assert.Equal(200, await server.QueryAsync(Query, Start, Token) ?? 0, 1.0);
        Assert.Null(await server.QueryAsync(Query, Start.AddHours(1), Token));
        Assert.Null(await server.QueryAsync(Query, Start.AddHours(-2), Token));

        await server.RestartAsync(Token);

        Assert.Equal(200, await server.QueryAsync(Query, Start, Token) ?? 0, 1.0);
        await writer.WriteAsync(
            [
                new Series(
                    "requests_total",
                    [new("route", "/lookup"), new("env", "prod")],
                    [new Point(Start.AddSeconds(15), 2410)]
                ),
            ],
            Token
        );
    }

    [Fact]
    public async Task A_sample_from_long_before_is_refused()
    {
        using var folder = new TemporaryFolder();
        await using var server = await PrometheusServer.StartAsync(folder.In("prometheus"), Token);
        using var writer = new RemoteWriter(server.Url);
        await writer.WriteAsync([new Series("up", [], [new Point(Start, 1)])], Token);
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            writer.WriteAsync([new Series("up", [], [new Point(Start.AddMinutes(-10), 1)])], Token)
        );
    }
}
