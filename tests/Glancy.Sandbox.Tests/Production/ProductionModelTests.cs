using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Tests.Production;

public sealed class ProductionModelTests
{
    private static readonly DateTimeOffset Start = new(2025, 4, 18, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 1)]
    [InlineData(3, 0.5)]
    [InlineData(4, 100)]
    [InlineData(20250418, 10)]
    [InlineData(-77, 50)]
    public void A_healthy_day_is_comfortably_green_and_not_flat(long seed, double weight)
    {
        var model = Promoted(seed, weight);
        var burns = new HashSet<double>();
        for (var hour = 0; hour < 24; hour++)
        {
            foreach (var (name, value) in Readings.After(model, TimeSpan.FromHours(1)).All)
            {
                Assert.True(
                    value <= Limits.Comfortable[name],
                    $"{name} is {value} after {hour + 1} h with seed {seed}"
                );
                if (name == "HK-03 burn")
                {
                    burns.Add(Math.Round(value, 4));
                }
            }
        }

        Assert.True(burns.Count > 12, "the cost does not move");
    }

    [Theory]
    [InlineData(Faults.CostSurge, 0.3, "HK-03 burn", 0.8, 1.2)]
    [InlineData(Faults.Throttle, 0.5, "HK-04 throttled", 0.02, 0.03)]
    public void Half_a_fault_is_yellow(string fault, double intensity, string reading, double yellow, double red)
    {
        var model = Promoted(seed: 5, weight: 15);
        model.Faults.Set(fault, intensity);
        Assert.InRange(Readings.After(model, TenMinutes).All[reading], yellow, red);
    }

    [Fact]
    public void Basic_answers_are_all_degraded_quick_and_cheap_even_under_a_bad_release()
    {
        var model = Promoted(seed: 7, weight: 15);
        model.Faults.Set(Faults.BadRelease, 1);
        model.Flags.Set(Flags.ForceBasic, "true");
        var readings = Readings.After(model, TenMinutes);
        Assert.True(readings.Ratio("requests_total", ["route=/lookup", "degraded=true"], ["route=/lookup"]) > 0.99);
        Assert.True(readings.All["HK-01 errors"] <= Limits.Comfortable["HK-01 errors"]);
        Assert.True(readings.All["lookup P95"] < 0.5);
        Assert.True(readings.All["HK-03 burn"] < 0.3);
        Assert.True(readings.All["HK-02 paint"] > Limits.Red["HK-02 paint"], "only going back cures slow pages");
    }

    [Theory]
    [InlineData(Flags.Regenerate, "false")]
    [InlineData(Flags.CacheMode, "l2_prio")]
    [InlineData(Flags.Examples, "1")]
    [InlineData(Flags.FreePlan, "false")]
    public void Every_lever_of_the_cost_guard_lowers_the_cost(string flag, string value)
    {
        var usual = Readings.After(Promoted(seed: 7, weight: 15), TenMinutes).All["HK-03 burn"];
        var model = Promoted(seed: 7, weight: 15);
        model.Flags.Set(flag, value);
        Assert.True(Readings.After(model, TenMinutes).All["HK-03 burn"] < 0.9 * usual);
    }

    [Fact]
    public void The_circuit_closes_again_after_three_good_probes()
    {
        var model = Promoted(seed: 7, weight: 15);
        model.Faults.Set(Faults.DoubaoErrors, 1);
        model.Step();
        Assert.Equal("open", model.Doubao.Circuit);
        model.Faults.Set(Faults.DoubaoErrors, 0);
        var states = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            model.Step();
            states.Add(model.Doubao.Circuit);
        }

        Assert.Equal(["open", "half_open", "closed"], states.Distinct());
        Assert.Equal(3, states.Count(s => s == "half_open"));
    }

    [Fact]
    public void Where_degradation_is_broken_Doubao_failing_is_an_outage()
    {
        var model = Promoted(seed: 7, weight: 15);
        model.Faults.Set(Faults.DegradeBroken, 1);
        model.Faults.Set(Faults.DoubaoErrors, 1);
        Assert.True(Readings.After(model, TenMinutes).All["HK-01 errors"] > 0.1);
    }

    [Fact]
    public void A_gap_stops_some_metrics_and_a_blackout_all()
    {
        var model = Promoted(seed: 7, weight: 15);
        model.Faults.Set(Faults.MetricsGap, 1);
        var gap = Readings.After(model, TenMinutes);
        Assert.False(gap.Has("rum_first_paint_seconds_count"));
        Assert.False(gap.Has("subscription_sync_total"));
        Assert.True(gap.Has("requests_total"));
        model.Faults.Set(Faults.MetricsBlackout, 1);
        Assert.False(Readings.After(model, TenMinutes).Has("requests_total"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_samples_and_another_seed_others()
    {
        Assert.Equal(Samples(11), Samples(11));
        Assert.NotEqual(Samples(11), Samples(12));

        static List<string> Samples(long seed)
        {
            var model = Promoted(seed, 15);
            model.Step();
            model.Faults.Set(Faults.BadRelease, 1);
            model.Step();
            return
            [
                .. model
                    .TakeSamples()
                    .Select(s => $"{s.Name} {string.Join(',', s.Labels)} {string.Join(',', s.Points)}"),
            ];
        }
    }

    [Fact]
    public void Counters_never_fall_and_buckets_grow_with_their_bound()
    {
        var model = Promoted(seed: 3, weight: 15);
        model.Faults.Set(Faults.DoubaoErrors, 0.5);
        for (var i = 0; i < 50; i++)
        {
            model.Step();
        }

        var series = model.TakeSamples();
        foreach (
            var counter in series.Where(s =>
                s.Name.EndsWith("_total", StringComparison.Ordinal)
                || s.Name.EndsWith("_bucket", StringComparison.Ordinal)
            )
        )
        {
            Assert.All(
                counter.Points.Zip(counter.Points.Skip(1)),
                pair => Assert.True(pair.First.Value <= pair.Second.Value)
            );
        }

        foreach (
            var histogram in series
                .Where(s => s.Name.EndsWith("_bucket", StringComparison.Ordinal))
                .GroupBy(s => s.Name + string.Join(',', s.Labels.Where(l => l.Key != "le")))
        )
        {
            Assert.All(
                histogram.Zip(histogram.Skip(1)),
                pair => Assert.True(pair.First.Points[^1].Value <= pair.Second.Points[^1].Value)
            );
        }
    }

    [Fact]
    public void A_fault_that_does_not_exist_is_refused_with_those_that_do()
    {
        var refused = Assert.Throws<ArgumentException>(() => new Faults().Set("bad-relaese", 1));
        Assert.Contains(Faults.BadRelease, refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Faults().Set(Faults.BadRelease, double.NaN));
        Assert.Throws<ArgumentException>(() => Promoted(1, 15).Workloads.Scale("export-wroker", 48));
        Assert.Throws<ArgumentException>(() => Promoted(1, 15).Workloads.Scale(Workloads.ExportWorker, 97));
        Assert.Throws<ArgumentException>(() => Promoted(1, 15).Backups.Ask("bases"));
    }

    private static ProductionModel Promoted(long seed, double weight)
    {
        var model = new ProductionModel(seed, Start);
        model.Train = model.Train.Promoted("REL-B3", weight, Start);
        return model;
    }
}
