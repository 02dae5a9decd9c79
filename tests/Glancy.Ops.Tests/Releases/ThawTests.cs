using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Releases;

/// <summary>Rule 6: when a freeze may be lifted, and by whom.</summary>
public sealed class ThawTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_rollback_the_hooks_have_to_be_good_for_half_an_hour()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(29));
        await RefusedAsync(house, "mei", "not-steady");

        house.Advance(TimeSpan.FromMinutes(2));
        await ThawedAsync(house, "mei");
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(null)]
    public async Task Red_or_unknown_begins_the_half_hour_anew_even_if_it_was_short(double? success)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(20));
        house.Lights.Set("HK-01", house.Now, success);
        await house.LookAsync(Token);
        house.Advance(TimeSpan.FromMinutes(1));
        house.Lights.Set("HK-01", house.Now, double.NaN);

        // Half an hour after the rollback, but not after the light.
        house.Advance(TimeSpan.FromMinutes(20));
        await RefusedAsync(house, "mei", "not-steady");

        house.Advance(TimeSpan.FromMinutes(10));
        await ThawedAsync(house, "mei");
    }

    [Fact]
    public async Task The_page_of_the_train_shows_gates_and_the_thaw_by_one_look()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(31));
        var looks = await LooksAsync(house);

        var page = await house.Get<ReleaseReader>().ReadAsync(Token);

        Assert.True(page is { Gates.Count: > 0, Thaw: not null });
        Assert.Equal(looks + 1, await LooksAsync(house));
    }

    [Fact]
    public async Task A_light_that_is_bad_now_forbids_it_to_everybody()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(40));
        house.Lights.Set("HK-05", house.Now, 0.9);

        await RefusedAsync(house, "mei", "lights-forbid");
    }

    [Fact]
    public async Task Without_a_rollback_who_froze_and_the_release_manager_need_not_wait()
    {
        foreach (var person in (string[])["lin", "mei"])
        {
            await using var house = await OpsHouse.BuildAsync(postgres, Token);
            await house.Get<ReleaseDesk>().FreezeAsync(house.Person("lin"), "something smells", Token);

            await ThawedAsync(house, person);
        }
    }

    [Fact]
    public async Task The_primary_lifts_the_bots_freeze_when_the_hook_has_recovered()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.9);
        await house.LookAsync(Token);
        Assert.NotNull(await house.Get<FreezeStore>().GetAsync(Token));
        house.Lights.Set("HK-01", house.Now, double.NaN);
        house.Advance(TimeSpan.FromMinutes(2));
        await RefusedAsync(house, "lin", "not-recovered");

        house.Advance(TimeSpan.FromMinutes(20));
        await house.LookAsync(Token);
        await ThawedAsync(house, "lin");
    }

    [Fact]
    public async Task What_turned_bad_between_the_draft_and_the_start_stops_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.Get<ReleaseDesk>().FreezeAsync(house.Person("mei"), "something smells", Token);
        var run = await DraftAsync(house, "mei");
        await house.ConfirmAsync(run, "mei", Token);
        house.Lights.Set("HK-01", house.Now, 0.9);
        await house.WorkAsync(Token);

        Assert.Equal("lights-forbid", (await house.RunAsync(run.Id, Token)).Outcome?.Code);
        Assert.NotNull(await house.Get<FreezeStore>().GetAsync(Token));
    }

    private static async Task RefusedAsync(OpsHouse house, string person, string code)
    {
        var outcome = await AskAsync(house, person);
        Assert.Equal(code, Assert.IsType<DraftOutcome.Refused>(outcome).Refusal.Code);
        Assert.NotNull(await house.Get<FreezeStore>().GetAsync(Token));
    }

    // What a decision rests on is kept.
    private static async Task<long> LooksAsync(OpsHouse house)
    {
        const string Kept = "select count(*) from glancy.hook_snapshot";
        return (await house.Get<BotDatabase>().QueryAsync<long>(Kept, null, Token))[0];
    }

    private static async Task ThawedAsync(OpsHouse house, string person)
    {
        var run = await DraftAsync(house, person);
        await house.ConfirmAsync(run, person, Token);
        await house.WorkAsync(Token);
        Assert.Null(await house.Get<FreezeStore>().GetAsync(Token));
    }

    private static async Task<Run> DraftAsync(OpsHouse house, string person) =>
        Assert.IsType<DraftOutcome.Drafted>(await AskAsync(house, person)).Run;

    private static Task<DraftOutcome> AskAsync(OpsHouse house, string person) =>
        house
            .Get<Drafts>()
            .DraftAsync(
                "thaw",
                new Dictionary<string, string> { ["reason"] = "steady" },
                house.Person(person),
                "steady",
                Token
            );
}
