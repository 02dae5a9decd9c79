using Glancy.Ops.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>
/// A draft by the bot takes one person while its light is red and two otherwise (rule 5), and the light may turn
/// between two clicks. Nobody's confirmation is lost by that, and nobody who may confirm is locked out.
/// </summary>
public sealed class ChangingNumberTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Dong is the DBA: on the roster, without a role of the rollback, and so a second person only.
    [Theory]
    [InlineData("lin", "dong")]
    [InlineData("lin", "wu")]
    [InlineData("lin", "lin")]
    [InlineData("dong", "lin")]
    public async Task Who_comes_after_the_light_is_red_again_completes_it(string first, string second)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await DraftedAsync(house);
        house.Lights.Set("HK-01", house.Now, double.NaN);
        Assert.Equal(
            RunState.AwaitingSecond,
            Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(draft, first, Token)).Run.State
        );

        house.Lights.Set("HK-01", house.Now, 0.9);
        Assert.Equal(
            RunState.Confirmed,
            Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(draft, second, Token)).Run.State
        );
    }

    [Theory]
    [InlineData("dong", "dong", "same-person")]
    [InlineData("dong", "sun", "not-on-call")]
    public async Task Without_anybody_in_a_role_of_it_the_red_light_confirms_nothing(
        string first,
        string second,
        string code
    )
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await DraftedAsync(house);
        house.Lights.Set("HK-01", house.Now, double.NaN);
        await house.ConfirmAsync(draft, first, Token);

        house.Lights.Set("HK-01", house.Now, 0.9);
        Assert.Equal(
            code,
            Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, second, Token)).Refusal.Code
        );
        Assert.Equal(RunState.AwaitingSecond, (await house.RunAsync(draft.Id, Token)).State);
    }

    [Fact]
    public async Task While_the_light_is_good_the_same_person_twice_is_one_person()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await DraftedAsync(house);
        house.Lights.Set("HK-01", house.Now, double.NaN);
        await house.ConfirmAsync(draft, "lin", Token);

        Assert.Equal(
            "same-person",
            Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, "lin", Token)).Refusal.Code
        );
    }

    private static async Task<Run> DraftedAsync(OpsHouse house)
    {
        house.Lights.Set("HK-01", house.Now, 0.9);
        await house.LookAsync(Token);
        return Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
    }
}
