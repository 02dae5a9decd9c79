using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Hooks.History;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Tests.Hooks.History;

public sealed class HookSeriesReaderTests(PrometheusWorld world) : IClassFixture<PrometheusWorld>
{
    private static readonly RunbookContent Content = RunbookFolders.Load();
    private static readonly DateTimeOffset To = new(2025, 4, 18, 1, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset From = To.AddHours(-1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_value_that_is_missing_or_rests_on_too_few_observations_is_a_gap()
    {
        var outcome = await ReadAsync(
            Red("HK-01", "success"),
            query =>
                query.Contains("increase", StringComparison.Ordinal)
                    ? Every(15, i => i == 20 ? 99 : 100)
                    : Every(15, i => 0.999, except: 10)
        );

        var points = Assert.IsType<SeriesOutcome.Read>(outcome).Series.Points;
        Assert.Equal(241, points.Count);
        Assert.Equal([10, 20], points.Index().Where(p => p.Item.Value is null).Select(p => p.Index));
        Assert.Equal((From, To), (points[0].At, points[^1].At));
    }

    [Fact]
    public async Task Without_any_number_of_observations_nothing_is_known()
    {
        var outcome = await ReadAsync(
            Red("HK-01", "success"),
            query =>
                query.Contains("increase", StringComparison.Ordinal)
                    ? new PrometheusSeries.None(new PrometheusAnswer.NoData())
                    : Every(15, _ => 1)
        );

        Assert.IsType<SeriesOutcome.Unknown>(outcome);
    }

    [Fact]
    public async Task The_measure_that_was_red_is_read_in_the_segment_in_which_it_was()
    {
        var asked = new List<string>();
        var outcome = await ReadAsync(
            Red("HK-04", "throttled") with
            {
                Segment = "green",
            },
            query =>
            {
                asked.Add(query);
                return Every(15, _ => 200);
            }
        );

        Assert.Equal(
            ("throttled", "green"),
            Assert.IsType<SeriesOutcome.Read>(outcome).Series is { } s ? (s.Measure.Id, s.Segment) : default
        );
        Assert.All(asked, query => Assert.Contains("colour=\"green\"", query, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HK-05", "> 5 s", "delay")]
    [InlineData("HK-05", "< 99 %", "success")]
    [InlineData("HK-05", "?", "success")]
    public async Task An_older_draft_says_it_by_its_limit(string hook, string limit, string measure)
    {
        var outcome = await ReadAsync(new DraftContext(hook, To, "?", limit, []), _ => Every(15, _ => 200));

        Assert.Equal(measure, Assert.IsType<SeriesOutcome.Read>(outcome).Series.Measure.Id);
    }

    [Theory]
    [InlineData("HK-99")]
    [InlineData("error-budget")]
    public async Task What_has_no_series_is_unknown(string hook) =>
        Assert.IsType<SeriesOutcome.Unknown>(
            await ReadAsync(new DraftContext(hook, To, "?", "?", []), _ => Every(15, _ => 1))
        );

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(24, 360)]
    public void A_longer_time_has_longer_steps(int hours, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), HookSeriesReader.Step(TimeSpan.FromHours(hours)));

    [Fact]
    public async Task Every_hook_that_is_no_budget_has_a_series_in_a_real_Prometheus()
    {
        await world.WriteAsync(new WorldSeries(To, new Hour { GreenErrors = 0.004 }).Build(), Token);
        var reader = new HookSeriesReader(world.Ranges);

        foreach (
            var (hook, measure) in Content
                .Hooks.Where(h => h.Id != "error-budget")
                .SelectMany(h => h.Measures.Select(m => (h.Id, m)))
        )
        {
            var read = Assert.IsType<SeriesOutcome.Read>(
                await reader.ReadAsync(Content, Red(hook, measure.Id), From, To, Token)
            );
            Assert.True(read.Series.Points.Count(p => p.Value is not null) > 200, $"{hook} {measure.Id}");
        }

        var green = Assert.IsType<SeriesOutcome.Read>(
            await reader.ReadAsync(Content, Red("HK-01", "success") with { Segment = "green" }, From, To, Token)
        );
        Assert.Equal(0.996, green.Series.Points[^1].Value ?? 0, 4);
    }

    private static DraftContext Red(string hook, string measure) =>
        new(hook, To, "?", "?", []) { Measure = measure, Segment = QueryText.Total };

    private static Task<SeriesOutcome> ReadAsync(DraftContext context, Func<string, PrometheusSeries> answer) =>
        new HookSeriesReader(new StandIn(answer)).ReadAsync(Content, context, From, To, Token);

    private static PrometheusSeries.Points Every(int seconds, Func<int, double> value, int except = -1) =>
        new([
            .. Enumerable
                .Range(0, 241)
                .Where(i => i != except)
                .Select(i => new PrometheusPoint(From.AddSeconds(i * seconds), value(i))),
        ]);

    private sealed class StandIn(Func<string, PrometheusSeries> answer) : IPrometheusSeries
    {
        public Task<PrometheusSeries> QueryRangeAsync(
            string promql,
            DateTimeOffset from,
            DateTimeOffset to,
            TimeSpan step,
            CancellationToken cancellationToken
        ) => Task.FromResult(answer(promql));
    }
}
