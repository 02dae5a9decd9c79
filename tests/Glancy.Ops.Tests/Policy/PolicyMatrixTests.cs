using Glancy.Ops.Policy;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Policy;

/// <summary>
/// <c>policy can</c> says what the confirmation would say: for every person of the roster, by day, in the evening and
/// at night, for procedures of each role and risk, while all is calm and while something forbids them.
/// </summary>
public sealed class PolicyMatrixTests(PostgresFixture postgres)
{
    private static readonly (string Procedure, Dictionary<string, string> Arguments)[] Asked =
    [
        ("rollback", new() { ["batch"] = "REL-B3", ["reason"] = "r" }),
        ("kill-switch", new() { ["reason"] = "r" }),
        ("degrade-force", new() { ["reason"] = "r" }),
        ("cost-level-1", new() { ["reason"] = "r" }),
        ("quota-reconcile", new() { ["reason"] = "r" }),
        ("thaw", new() { ["reason"] = "r" }),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, false)]
    [InlineData(9, false)]
    [InlineData(17, false)]
    [InlineData(0, true)]
    [InlineData(17, true)]
    public async Task It_answers_as_the_confirmation_does(int hours, bool forbidden)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Advance(TimeSpan.FromHours(hours));
        await house.Get<ReleaseDesk>().FreezeAsync(house.Person("mei"), "a look at the quota", Token);
        var (yes, no) = (0, 0);
        foreach (var (procedure, arguments) in Asked)
        {
            if (await DraftedAsync(house, procedure, arguments) is not { } run)
            {
                continue;
            }

            if (forbidden)
            {
                house.Lights.Set("HK-01", house.Now, 0.9);
            }

            foreach (var person in house.Get<RunbookHolder>().Current.People.Values.Where(p => p.Id != run.RequestedBy))
            {
                var said = await house.Get<PolicyDesk>().CanAsync(person, procedure, arguments, false, Token);
                var done = await house
                    .Get<ConfirmationChecks>()
                    .RefusalAsync(run, run.Plan.Code, person, null, new Decision(), Token);
                Assert.Equal(
                    (procedure, person.Id, done?.Code, done is null),
                    (procedure, person.Id, said.Why?.Code, said.Yes)
                );
                (yes, no) = said.Yes ? (yes + 1, no) : (yes, no + 1);
            }

            house.Lights.Set("HK-01", house.Now, double.NaN);
        }

        Assert.True(yes > 10 && no > 10, $"{yes} times yes, {no} times no");
    }

    // By the first who may ask for it.
    private static async Task<Run?> DraftedAsync(
        OpsHouse house,
        string procedure,
        IReadOnlyDictionary<string, string> arguments
    )
    {
        foreach (var person in house.Get<RunbookHolder>().Current.People.Values)
        {
            var outcome = await house.Get<Drafts>().DraftAsync(procedure, arguments, person, "r", Token);
            if (outcome is DraftOutcome.Drafted drafted)
            {
                return drafted.Run;
            }
        }

        return null;
    }
}
