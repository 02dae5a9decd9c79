using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Releases;
using Glancy.Ops.Tests.Hooks;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Releases;
using Glancy.Sandbox.Production;

namespace Glancy.Ops.Tests.Releases;

/// <summary>Every gate with a query of its own holds in a healthy production and fails when its fault is on.</summary>
public sealed class GateTrialsTests(PrometheusWorld world) : IClassFixture<PrometheusWorld>
{
    private static readonly RunbookContent Content = RunbookFolders.Load();

    private static readonly Dictionary<string, string> FaultOf = new()
    {
        ["cache-l1"] = Faults.CacheCold,
        ["cache-l2"] = Faults.CacheCold,
        ["language-pairs"] = Faults.LanguagePairs,
        ["regenerate-quota"] = Faults.QuotaMismatch,
        ["billing-mirror"] = Faults.BillingDrift,
        ["export-receipt"] = Faults.ExportBacklog,
        ["history"] = Faults.HistoryErrors,
        ["free-p95"] = Faults.FreeSlow,
        ["logical-delete"] = Faults.DeleteSlow,
        ["error-budget"] = Faults.BadRelease,
        ["day-success"] = Faults.BadRelease,
        ["day-p95"] = Faults.FreeSlow,
    };

    // Prometheus takes samples in the order of time, and a gate may look back over a day: each trial has a month of its
    // own.
    private static int months;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Gates => [.. Own.Select(g => g.Gate.Id).Distinct()];

    private static IEnumerable<(Rung Rung, Gate Gate)> Own =>
        Content.Ladder.Rungs.SelectMany(r => r.Gates.Where(g => g.Own is not null).Select(g => (r, g)));

    [Fact]
    public void Every_gate_with_a_query_has_its_fault() =>
        Assert.Equal(Own.Select(g => g.Gate.Id).Distinct().Order(), FaultOf.Keys.Order());

    [Theory]
    [MemberData(nameof(Gates))]
    public async Task A_gate_holds_in_health_and_fails_in_its_fault(string id)
    {
        var rung = Own.First(g => g.Gate.Id == id).Rung;
        var model = new ProductionModel(5, new DateTimeOffset(2021, 1, 18, 1, 0, 0, TimeSpan.Zero).AddMonths(months++));
        model.Train = model.Train.Promoted(rung.Batch, rung.Weight, model.At);
        Assert.All(
            await ReadAsync(TimeSpan.FromMinutes(35)),
            g => Assert.True(g.State == GateState.Passed, $"{g.Segment}: {g.State} {g.Value} {g.Unknown}")
        );

        model.Faults.Set(FaultOf[id], 1);
        Assert.Contains(await ReadAsync(TimeSpan.FromMinutes(20)), g => g.State == GateState.Failed);

        async Task<List<GateReading>> ReadAsync(TimeSpan after)
        {
            for (var until = model.At + after; model.At < until; )
            {
                model.Step();
            }

            await world.WriteAsync(model.TakeSamples(), Token);
            var train = model.Train;
            var status = new ReleaseStatus(
                train.Batch,
                train.Weight,
                train.NewColour,
                train.OldColour,
                train.OldKeptUntil,
                train.State,
                train.UpdatedAt
            );
            var gates = await new GateReader(world.Prometheus).ReadAsync(Content, rung, [], status, model.At, Token);
            return [.. gates.Where(g => g.Gate.Id == id)];
        }
    }
}
