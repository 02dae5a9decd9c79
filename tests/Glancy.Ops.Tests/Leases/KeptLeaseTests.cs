using Glancy.Ops.Flags;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Leases;

/// <summary>A change that was let stand is what later ones give back to (rule 7).</summary>
public sealed class KeptLeaseTests(PostgresFixture postgres)
{
    private const string Switch = "glancy.lookup.force_basic";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_stands_on_a_kept_change_gives_its_value_back_and_not_the_one_below()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        house.Bastion.Weight = "15";
        await house.RollBackAsync(Token);
        var desk = house.Get<LeaseDesk>();
        var stacked = Assert.Single(
            await house.Get<LeaseStore>().OpenAsync(Token),
            l => l.Target == FlagTarget.Before + Switch && l.Id > 2
        );

        Assert.IsType<LeaseOutcome.Ended>(
            await desk.KeepAsync(1, house.Person("mei"), "basic answers are enough", Token)
        );

        Assert.Equal("true", (await house.Get<LeaseStore>().FindAsync(stacked.Id, Token))?.Prior);
        var run = Assert
            .IsType<LeaseOutcome.Drafted>(await desk.RevertAsync(stacked.Id, house.Person("lin"), "well again", Token))
            .Run;
        await house.ConfirmAsync(run, "lin", Token);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);
        Assert.Equal(
            (RunState.Succeeded, "true"),
            ((await house.RunAsync(run.Id, Token)).State, house.Bastion.Flags[Switch])
        );
    }
}
