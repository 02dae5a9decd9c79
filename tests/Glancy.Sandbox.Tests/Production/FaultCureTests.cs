using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Tests.Production;

/// <summary>
/// Each fault turns its readings red, and the runbook's cure turns them back while the fault is still on.
/// </summary>
public sealed class FaultCureTests
{
    private static readonly DateTimeOffset Start = new(2025, 4, 18, 0, 0, 0, TimeSpan.Zero);

    // No metric of the model shows these: they are about metrics themselves, and about the rollback's script.
    private static readonly string[] Elsewhere =
    [
        Faults.MetricsGap,
        Faults.MetricsBlackout,
        Faults.ScriptHangs,
        Faults.ScriptFails,
    ];

    private static readonly Case[] Cases =
    [
        new(Faults.BadRelease, ["HK-01 errors", "HK-02 paint"], m => m.Train = m.Train.RolledBack("REL-B3", m.At)),
        new(
            Faults.Overload,
            ["HK-01 errors", "HK-01 errors new", "HK-02 paint"],
            m => m.Train = m.Train.Promoted("REL-B2", 5, m.At)
        ),
        new(Faults.DoubaoErrors, ["doubao-5xx", "HK-06 degraded", "circuit not closed"], null),
        new(
            Faults.CircuitStuck,
            ["HK-01 errors", "HK-06 probe failed"],
            m =>
            {
                m.Flags.Set(Flags.DegradeForceBasic, "true");
                m.Restart(Workloads.Adapter);
            }
        ),
        new(Faults.ContractErrors, ["contract errors"], null),
        new(Faults.DegradeBroken, ["HK-06 probe failed"], m => m.Flags.Set(Flags.ForceBasic, "true")),
        new(
            Faults.CostSurge,
            ["HK-03 burn"],
            m =>
            {
                m.Flags.Set(Flags.CacheMode, "l2_prio");
                m.Flags.Set(Flags.Regenerate, "false");
            }
        ),
        new(
            Faults.CostSurge,
            ["HK-03 burn"],
            m =>
            {
                m.Flags.Set(Flags.CacheMode, "l2_prio");
                m.Flags.Set(Flags.Examples, "1");
            }
        ),
        new(Faults.CacheCold, ["L1 misses", "L2 misses"], null),
        new(Faults.CacheCold, ["L2 misses"], m => m.Flags.Set(Flags.CacheMode, "l2_prio")),
        new(Faults.QuotaMismatch, ["HK-04 mismatch"], null),
        new(Faults.Throttle, ["HK-04 throttled"], m => m.Flags.Set(Flags.UserRpm, "150")),
        new(
            Faults.SubscriptionLag,
            ["HK-05 errors", "HK-05 delay", "subscription queue"],
            m => m.Scale(Workloads.Poller, 2, m.At, "")
        ),
        new(Faults.RumSlow, ["HK-02 paint"], null),
        new(Faults.FreeSlow, ["Free P95", "lookup P95"], null),
        new(Faults.FreeSlow, ["lookup P95"], m => m.Flags.Set(Flags.FreePlan, "false")),
        new(Faults.RegenerateSlow, ["regenerate P95"], null),
        new(
            Faults.TrafficSurge,
            ["upstream concurrency", "queue wait"],
            m =>
            {
                m.Scale(Workloads.Bff, 16, m.At, "");
                m.Scale(Workloads.Adapter, 12, m.At, "");
            }
        ),
        new(Faults.LanguagePairs, ["language pairs"], m => m.Train = m.Train.RolledBack("REL-B3", m.At)),
        new(Faults.HistoryErrors, ["history errors"], m => m.Train = m.Train.RolledBack("REL-B3", m.At)),
        new(Faults.DeleteSlow, ["delete P95"], null),
        new(Faults.BillingDrift, ["billing mirror"], null),
        new(
            Faults.ExportBacklog,
            ["export depth", "export receipt", "export age"],
            m => m.Scale(Workloads.ExportWorker, 48, m.At, "")
        ),
        new(Faults.ExportBacklog, ["export depth"], m => m.Flags.Set(Flags.Exports, "false")),
        new(
            Faults.ExportStuck,
            ["export depth", "export receipt", "export age"],
            m => m.Restart(Workloads.ExportWorker)
        ),
        new(Faults.ExportFailures, ["export failures", "export dead"], null),
        new(Faults.StreamingLoss, ["streaming loss"], m => m.Restart(Workloads.Streaming)),
        new(Faults.StreamingLoss, ["streaming loss"], m => m.Flags.Set(Flags.StreamingTransport, "http_polling")),
        new(
            Faults.BackupMissing,
            ["wal backup"],
            m => m.Backups.Ask("wal"),
            TimeSpan.FromMinutes(10),
            ProductionModel.Interval
        ),
        new(
            Faults.BackupMissing,
            ["base backup"],
            m => m.Backups.Ask("base"),
            TimeSpan.FromHours(8),
            TimeSpan.FromMinutes(10)
        ),
        new(Faults.ReplicationLag, ["object replication"], null),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_fault_turns_its_readings_red_and_the_cure_turns_them_back(int number)
    {
        var (fault, readings, cure, illAfter, wellAfter) = Cases[number];
        var model = new ProductionModel(7, Start);
        model.Train = model.Train.Promoted("REL-B3", 15, Start);
        var before = Readings.After(model, TimeSpan.FromMinutes(10)).All;
        Assert.All(readings, r => Assert.True(before[r] <= Limits.Comfortable[r], $"{r} is {before[r]} before"));

        Assert.True(model.Faults.Set(fault, 1));
        var ill = Readings.After(model, illAfter ?? TimeSpan.FromMinutes(15)).All;
        Assert.All(readings, r => Assert.True(ill[r] > Limits.Red[r], $"{r} is only {ill[r]} under {fault}"));

        if (cure is null)
        {
            model.Faults.Set(fault, 0);
        }
        else
        {
            cure(model);
        }

        var well = Readings.After(model, wellAfter ?? TimeSpan.FromMinutes(35)).All;
        Assert.All(
            readings,
            r => Assert.True(well[r] <= Limits.Recovered.GetValueOrDefault(r, Limits.Red[r]), $"{r} is still {well[r]}")
        );
    }

    [Fact]
    public void Every_fault_of_the_catalogue_has_its_reading_and_its_cure()
    {
        Assert.Equal(
            Faults.Catalogue.Select(f => f.Name).Except(Elsewhere).Order(),
            Cases.Select(c => c.Fault).Distinct().Order()
        );
        Assert.Equal(Faults.Catalogue.Count, Faults.Catalogue.Select(f => f.Name).Distinct().Count());
        Assert.All(
            Faults.Catalogue,
            f =>
                Assert.False(
                    string.IsNullOrWhiteSpace(f.Does)
                        || string.IsNullOrWhiteSpace(f.Shows)
                        || string.IsNullOrWhiteSpace(f.Cure)
                )
        );
    }

    [Fact]
    public void A_new_colour_that_is_overloaded_is_well_at_a_tenth_and_ill_above()
    {
        var model = new ProductionModel(7, Start);
        model.Faults.Set(Faults.Overload, 1);
        model.Train = model.Train.Promoted("REL-B3", 10, Start);
        Assert.True(
            Readings.After(model, TimeSpan.FromMinutes(10)).All["HK-01 errors new"]
                <= Limits.Comfortable["HK-01 errors new"]
        );
        model.Train = model.Train.Promoted("REL-B3", 10.5, Start);
        Assert.True(
            Readings.After(model, TimeSpan.FromMinutes(10)).All["HK-01 errors new"] > Limits.Red["HK-01 errors new"]
        );
    }

    [Fact]
    public void A_stuck_circuit_does_not_degrade_and_its_adapter_hears_the_switch_only_when_it_starts()
    {
        var model = new ProductionModel(7, Start);
        model.Faults.Set(Faults.CircuitStuck, 1);
        Assert.True(
            Readings.After(model, TimeSpan.FromMinutes(10)).All["HK-06 degraded"]
                <= Limits.Comfortable["HK-06 degraded"]
        );
        Assert.Equal("closed", model.Doubao.Circuit);

        model.Flags.Set(Flags.DegradeForceBasic, "true");
        Assert.True(Readings.After(model, TimeSpan.FromMinutes(10)).All["HK-01 errors"] > Limits.Red["HK-01 errors"]);
        model.Restart(Workloads.Adapter);
        Assert.True(Readings.After(model, TimeSpan.FromMinutes(10)).All["HK-06 degraded"] > 0.9);
    }

    [Fact]
    public void A_stuck_circuit_that_is_opened_by_hand_degrades_until_Doubao_is_well()
    {
        var model = new ProductionModel(7, Start);
        model.Faults.Set(Faults.CircuitStuck, 1);
        model.Step();
        model.Doubao.Open(model.At);
        var open = Readings.After(model, TimeSpan.FromMinutes(10)).All;
        Assert.True(open["HK-06 degraded"] > Limits.Red["HK-06 degraded"]);
        Assert.True(open["HK-01 errors"] <= Limits.Comfortable["HK-01 errors"]);

        model.Faults.Set(Faults.CircuitStuck, 0);
        Readings.After(model, TimeSpan.FromMinutes(10));
        Assert.Equal("closed", model.Doubao.Circuit);
    }

    [Fact]
    public void A_cost_surge_of_a_third_needs_no_more_than_the_cache()
    {
        var model = new ProductionModel(7, Start);
        model.Faults.Set(Faults.CostSurge, 0.3);
        Assert.InRange(Readings.After(model, TimeSpan.FromMinutes(10)).All["HK-03 burn"], 0.8, 1.2);
        model.Flags.Set(Flags.CacheMode, "l2_prio");
        var longer = Readings.After(model, TimeSpan.FromMinutes(10));
        Assert.True(longer.All["HK-03 burn"] <= 0.75);
        Assert.True(longer.All["L1 misses"] < 0.35);
        Assert.True(longer.All["L2 misses"] < 0.45);
    }

    [Fact]
    public void The_cost_is_that_of_the_tokens()
    {
        var model = new ProductionModel(7, Start);
        var readings = Readings.After(model, TimeSpan.FromMinutes(10));
        var yuan =
            ((readings.Increase("tokens_in_total") * 0.0008) + (readings.Increase("tokens_out_total") * 0.002)) / 1000;
        Assert.Equal(1, readings.Increase("cost_spend_yuan_total") / yuan, 1e-3);
    }

    [Fact]
    public void A_tighter_limit_ends_a_storm_and_the_tightest_refuses_honest_people()
    {
        var model = new ProductionModel(7, Start);
        model.Flags.Set(Flags.UserRpm, "50");
        Assert.InRange(Readings.After(model, TimeSpan.FromMinutes(10)).All["HK-04 throttled"], 0.02, 0.03);
        model.Faults.Set(Faults.Throttle, 1);
        model.Flags.Set(Flags.UserRpm, "600");
        Assert.True(
            Readings.After(model, TimeSpan.FromMinutes(10)).All["HK-04 throttled"] > Limits.Red["HK-04 throttled"]
        );
    }

    [Fact]
    public void Free_waits_a_little_longer_and_is_silent_while_it_is_paused()
    {
        var model = new ProductionModel(7, Start);
        var readings = Readings.After(model, TimeSpan.FromMinutes(10));
        Assert.True(
            readings.P95("request_duration_seconds", "route=/lookup", "plan=free")
                > readings.P95("request_duration_seconds", "route=/lookup", "plan=pro")
        );
        model.Flags.Set(Flags.FreePlan, "false");
        Assert.Equal(0, Readings.After(model, TimeSpan.FromMinutes(10)).Increase("requests_total", "plan=free"));
    }

    private sealed record Case(
        string Fault,
        string[] Reads,
        Action<ProductionModel>? Cure,
        TimeSpan? IllAfter = null,
        TimeSpan? WellAfter = null
    );
}
