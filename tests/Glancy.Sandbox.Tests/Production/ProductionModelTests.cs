using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Tests.Production;

public sealed class ProductionModelTests
{
    private static readonly DateTimeOffset Start = new(2025, 4, 18, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    // What §4.2, §4.3 and spec call red, less a margin of a tenth: a healthy world stays clear of "near", too.
    private static readonly Dictionary<string, double> Comfortable = new()
    {
        ["HK-01 errors"] = 0.0009,
        ["HK-01 errors new"] = 0.0009,
        ["HK-02 paint"] = 2.25,
        ["HK-03 burn"] = 0.72,
        ["HK-04 throttled"] = 0.009,
        ["HK-04 mismatch"] = 0,
        ["HK-05 errors"] = 0.009,
        ["HK-05 delay"] = 4.5,
        ["HK-06 degraded"] = 0.009,
        ["HK-06 probe failed"] = 0,
        ["doubao-5xx"] = 0.045,
        ["circuit not closed"] = 0,
        ["contract errors"] = 0.009,
        ["lookup P95"] = 2.25,
        ["regenerate errors"] = 0.0045,
        ["regenerate P95"] = 2.7,
        ["L1 misses"] = 0.6,
        ["L2 misses"] = 0.8,
        ["export receipt"] = 4.5,
        ["export depth"] = 300,
    };

    private static readonly Dictionary<string, double> Red = new()
    {
        ["HK-01 errors"] = 0.001,
        ["HK-01 errors new"] = 0.001,
        ["HK-02 paint"] = 2.5,
        ["HK-03 burn"] = 1.2,
        ["HK-04 throttled"] = 0.03,
        ["HK-04 mismatch"] = 0.001,
        ["HK-05 errors"] = 0.01,
        ["HK-05 delay"] = 5,
        ["HK-06 degraded"] = 0.01,
        ["HK-06 probe failed"] = 0.5,
        ["doubao-5xx"] = 0.05,
        ["circuit not closed"] = 0.5,
        ["contract errors"] = 0.01,
        ["lookup P95"] = 2.5,
        ["export receipt"] = 5,
        ["export depth"] = 300,
    };

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 1)]
    [InlineData(3, 0.5)]
    [InlineData(4, 100)]
    public void A_healthy_day_is_comfortably_green_and_not_flat(long seed, double weight)
    {
        var model = Promoted(seed, weight);
        var burns = new HashSet<double>();
        for (var hour = 0; hour < 24; hour++)
        {
            foreach (var (name, value) in Readings.After(model, TimeSpan.FromHours(1)).All)
            {
                Assert.True(value <= Comfortable[name], $"{name} is {value} after {hour + 1} h with seed {seed}");
                if (name == "HK-03 burn")
                {
                    burns.Add(Math.Round(value, 4));
                }
            }
        }

        Assert.True(burns.Count > 12, "the cost does not move");
    }

    [Theory]
    [InlineData(Faults.BadRelease, "HK-01 errors")]
    [InlineData(Faults.BadRelease, "HK-01 errors new")]
    [InlineData(Faults.BadRelease, "HK-02 paint")]
    [InlineData(Faults.DoubaoErrors, "doubao-5xx")]
    [InlineData(Faults.DoubaoErrors, "HK-06 degraded")]
    [InlineData(Faults.DoubaoErrors, "circuit not closed")]
    [InlineData(Faults.CostSurge, "HK-03 burn")]
    [InlineData(Faults.QuotaMismatch, "HK-04 mismatch")]
    [InlineData(Faults.Throttle, "HK-04 throttled")]
    [InlineData(Faults.SubscriptionLag, "HK-05 errors")]
    [InlineData(Faults.SubscriptionLag, "HK-05 delay")]
    [InlineData(Faults.DegradeBroken, "HK-06 probe failed")]
    [InlineData(Faults.RumSlow, "HK-02 paint")]
    [InlineData(Faults.ContractErrors, "contract errors")]
    [InlineData(Faults.ExportBacklog, "export depth")]
    [InlineData(Faults.ExportBacklog, "export receipt")]
    public void A_fault_turns_its_reading_red_and_going_away_turns_it_back(string fault, string reading)
    {
        var model = Promoted(seed: 7, weight: 15);
        Assert.True(Readings.After(model, TenMinutes).All[reading] <= Comfortable[reading]);

        Assert.True(model.Faults.Set(fault, 1));
        var ill = Readings.After(model, TenMinutes).All[reading];
        Assert.True(ill > Red[reading], $"{reading} is {ill}");

        model.Faults.Set(fault, 0);
        var well = Readings.After(model, TimeSpan.FromMinutes(20)).All[reading];
        Assert.True(well <= Comfortable[reading], $"{reading} is {well}");
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
    public void A_bad_release_is_cured_by_going_back_to_the_old_colour()
    {
        var model = Promoted(seed: 7, weight: 15);
        model.Faults.Set(Faults.BadRelease, 1);
        model.Train = model.Train.RolledBack("REL-B3", model.At);
        var readings = Readings.After(model, TenMinutes).All;
        Assert.True(readings["HK-01 errors"] <= Comfortable["HK-01 errors"]);
        Assert.True(readings["HK-02 paint"] <= Comfortable["HK-02 paint"]);
    }

    [Fact]
    public void Basic_answers_are_all_degraded_quick_and_cheap_even_under_a_bad_release()
    {
        var model = Promoted(seed: 7, weight: 15);
        model.Faults.Set(Faults.BadRelease, 1);
        model.Flags.Set(Flags.ForceBasic, "true");
        var readings = Readings.After(model, TenMinutes);
        Assert.True(readings.Ratio("requests_total", ["route=/lookup", "degraded=true"], ["route=/lookup"]) > 0.99);
        Assert.True(readings.All["HK-01 errors"] <= Comfortable["HK-01 errors"]);
        Assert.True(readings.All["lookup P95"] < 0.5);
        Assert.True(readings.All["HK-03 burn"] < 0.3);
        Assert.True(readings.All["HK-02 paint"] > Red["HK-02 paint"], "only going back cures slow pages");
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
            return [.. model.TakeSamples().Select(s => $"{s.Name} {string.Join(',', s.Labels)} {string.Join(',', s.Points)}")];
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
        foreach (var counter in series.Where(s => s.Name.EndsWith("_total", StringComparison.Ordinal) || s.Name.EndsWith("_bucket", StringComparison.Ordinal)))
        {
            Assert.All(counter.Points.Zip(counter.Points.Skip(1)), pair => Assert.True(pair.First.Value <= pair.Second.Value));
        }

        foreach (var histogram in series.Where(s => s.Name.EndsWith("_bucket", StringComparison.Ordinal)).GroupBy(s => s.Name + string.Join(',', s.Labels.Where(l => l.Key != "le"))))
        {
            Assert.All(histogram.Zip(histogram.Skip(1)), pair => Assert.True(pair.First.Points[^1].Value <= pair.Second.Points[^1].Value));
        }
    }

    [Fact]
    public void A_fault_that_does_not_exist_is_refused_with_those_that_do()
    {
        var refused = Assert.Throws<ArgumentException>(() => new Faults().Set("bad-relaese", 1));
        Assert.Contains(Faults.BadRelease, refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Faults().Set(Faults.BadRelease, double.NaN));
    }

    private static ProductionModel Promoted(long seed, double weight)
    {
        var model = new ProductionModel(seed, Start);
        model.Train = model.Train.Promoted("REL-B3", weight, Start);
        return model;
    }
}
