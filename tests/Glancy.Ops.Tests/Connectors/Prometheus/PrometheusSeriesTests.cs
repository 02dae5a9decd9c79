using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Tests.Hooks;
using Glancy.Sandbox.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Tests.Connectors.Prometheus;

public sealed class PrometheusSeriesTests(PrometheusWorld world) : IClassFixture<PrometheusWorld>
{
    private static readonly DateTimeOffset At = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_Prometheus_gives_each_kind_of_answer()
    {
        // Two values, three minutes without, and one more.
        await world.WriteAsync(
            [
                new Series(
                    "level",
                    [new("room", "a")],
                    [new Point(At, 1), new Point(At + Minute, 2), new Point(At + (5 * Minute), 3)]
                ),
                new Series("level", [new("room", "b")], [new Point(At, 1)]),
            ],
            Token
        );

        Assert.Equal(
            [
                new PrometheusPoint(At, 1),
                new PrometheusPoint(At + Minute, 2),
                new PrometheusPoint(At + (5 * Minute), 3),
            ],
            Assert.IsType<PrometheusSeries.Points>(await Ask("last_over_time(level{room=\"a\"}[30s])")).Items
        );
        Assert.Equal(
            [At + Minute, At + (5 * Minute)],
            Assert
                .IsType<PrometheusSeries.Points>(await Ask("1 / (last_over_time(level{room=\"a\"}[30s]) - 1)"))
                .Items.Select(p => p.At)
        );
        Assert.Equal(new PrometheusSeries.None(new PrometheusAnswer.NoData()), await Ask("level{room=\"c\"}"));
        Assert.Equal(new PrometheusSeries.None(new PrometheusAnswer.NotANumber()), await Ask("vector(0) / vector(0)"));
        Assert.Equal(new PrometheusSeries.None(new PrometheusAnswer.BadAnswer("2 series")), await Ask("level"));
        Assert.Contains(
            "bad_data",
            Assert
                .IsType<PrometheusAnswer.BadAnswer>(Assert.IsType<PrometheusSeries.None>(await Ask("sum(")).Why)
                .Detail,
            StringComparison.Ordinal
        );

        Task<PrometheusSeries> Ask(string query) =>
            world.Ranges.QueryRangeAsync(query, At, At + (5 * Minute), Minute, Token);
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        await using var services = new ServiceCollection()
            .AddPrometheus(new PrometheusOptions(new Uri("http://127.0.0.1:9"), TimeSpan.FromSeconds(5)))
            .BuildServiceProvider();

        var answer = await services
            .GetRequiredService<IPrometheusSeries>()
            .QueryRangeAsync("up", At, At + Minute, Minute, Token);

        Assert.IsType<PrometheusAnswer.Unreachable>(Assert.IsType<PrometheusSeries.None>(answer).Why);
    }
}
