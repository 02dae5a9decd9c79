using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Roster;

public sealed class RosterDeskTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_takes_over_holds_the_role_until_the_shift_ends_and_those_before_are_called()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        var taken = await AcceptedAsync(TakeAsync(house, "zhao", "primary"));

        Assert.Equal(("O-1", "take-over", "zhao"), (taken.Name, taken.Kind, taken.Change.Person));
        var onCall = await house.Get<DutyRoster>().HoldersAsync(house.Now, Token);
        Assert.Equal(["zhao"], onCall.Holders["primary"].Select(p => p.Id));
        Assert.Equal(onCall.ShiftEnd, taken.Change.To);
        Assert.DoesNotContain(
            (await house.Get<DutyRoster>().PlannedAsync(onCall.ShiftEnd, Token)).Holders["primary"],
            p => p.Id == "zhao"
        );
        var page = Assert.Single(await house.Get<NoticeBoard>().ListAsync(0, 10, Token));
        Assert.Equal(("page", "roster-taken", "lin,mei,han"), (page.Kind, page.Template, page.Arguments["to"]));
        var said = Assert.Single(await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "roster-take"), Token));
        Assert.Equal(("zhao", "lin", "zhao"), (said.Actor, said.Before, said.After));
        Assert.True((await house.Get<AuditLog>().VerifyAsync(Token)).Intact);
    }

    [Fact]
    public async Task The_role_that_was_taken_counts_at_the_click_and_the_one_that_was_lost_does_not()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token, by: "mei");
        await AcceptedAsync(TakeAsync(house, "zhao", "primary"));

        Assert.Equal(
            "not-on-roster",
            Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, "lin", Token)).Refusal.Code
        );
        Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(draft, "zhao", Token));
    }

    [Fact]
    public async Task The_newest_override_is_the_strongest_and_what_was_under_it_comes_back()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await AcceptedAsync(TakeAsync(house, "zhao", "primary"));
        var second = await AcceptedAsync(TakeAsync(house, "chen", "primary"));
        Assert.Equal("chen", await PrimaryAsync(house));

        await AcceptedAsync(house.Get<RosterDesk>().EndAsync(house.Person("chen"), second.Name, "zhao is here", Token));

        Assert.Equal("zhao", await PrimaryAsync(house));
        Assert.Equal(
            "override-ended",
            await RefusedAsync(house.Get<RosterDesk>().EndAsync(house.Person("chen"), second.Name, "again", Token))
        );
    }

    [Theory]
    [InlineData("olga", "primary", "takes-no-turns")]
    [InlineData("dong", "secondary", "takes-no-turns")]
    [InlineData("zhao", "dba", "role-not-taken")]
    [InlineData("zhao", "boss", "bad-role")]
    [InlineData("lin", "primary", "role-held-already")]
    public async Task Not_everybody_takes_everything(string person, string role, string code)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        Assert.Equal(code, await RefusedAsync(TakeAsync(house, person, role)));

        Assert.Equal("lin", await PrimaryAsync(house));
        Assert.Empty(await house.Get<RosterOverrides>().FromAsync(house.Now, Token));
        Assert.Empty(await house.Get<NoticeBoard>().ListAsync(0, 10, Token));
    }

    [Fact]
    public async Task Only_a_release_manager_gives_a_role_and_it_counts_in_its_time()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var (from, until) = (house.Now.AddHours(2), house.Now.AddHours(5));
        Assert.Equal("not-on-call", await RefusedAsync(GiveAsync(house, "lin", from, until)));

        await AcceptedAsync(GiveAsync(house, "mei", from, until));

        Assert.Equal("dong", await DbaAsync(house, from.AddTicks(-10)));
        Assert.Equal("olga", await DbaAsync(house, from));
        Assert.Equal("dong", await DbaAsync(house, until));
    }

    [Fact]
    public async Task Times_that_make_no_sense_are_refused()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        Assert.Equal(
            "override-backwards",
            await RefusedAsync(GiveAsync(house, "mei", house.Now.AddHours(2), house.Now.AddHours(1)))
        );
        Assert.Equal(
            "override-backwards",
            await RefusedAsync(GiveAsync(house, "mei", house.Now.AddHours(-2), house.Now.AddHours(-1)))
        );
        Assert.Equal(
            "override-too-long",
            await RefusedAsync(GiveAsync(house, "mei", house.Now, house.Now.AddDays(40)))
        );
        Assert.Equal(
            "override-too-long",
            await RefusedAsync(
                house
                    .Get<RosterDesk>()
                    .TakeAsync(house.Person("zhao"), "primary", house.Now.AddHours(25), "long", Token)
            )
        );
    }

    [Fact]
    public async Task Two_who_take_over_at_the_same_time_are_both_on_record_and_one_holds_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        await Task.WhenAll(TakeAsync(house, "zhao", "primary"), TakeAsync(house, "chen", "primary"));

        var entered = await house.Get<RosterOverrides>().AtAsync(house.Now, Token);
        Assert.Equal(2, entered.Count);
        Assert.Equal(entered[^1].Change.Person, await PrimaryAsync(house));
    }

    private static Task<RosterOutcome> TakeAsync(OpsHouse house, string person, string role) =>
        house.Get<RosterDesk>().TakeAsync(house.Person(person), role, null, "lin cannot be reached", Token);

    private static Task<RosterOutcome> GiveAsync(
        OpsHouse house,
        string by,
        DateTimeOffset from,
        DateTimeOffset until
    ) => house.Get<RosterDesk>().GiveAsync(house.Person(by), "dba", "olga", from, until, "dong is away", Token);

    private static async Task<EnteredOverride> AcceptedAsync(Task<RosterOutcome> word) =>
        Assert.IsType<RosterOutcome.Accepted>(await word).Override;

    private static async Task<string> RefusedAsync(Task<RosterOutcome> word) =>
        Assert.IsType<RosterOutcome.Refused>(await word).Refusal.Code;

    private static async Task<string> PrimaryAsync(OpsHouse house) =>
        Assert.Single((await house.Get<DutyRoster>().HoldersAsync(house.Now, Token)).Holders["primary"]).Id;

    private static async Task<string> DbaAsync(OpsHouse house, DateTimeOffset at) =>
        Assert.Single((await house.Get<DutyRoster>().HoldersAsync(at, Token)).Holders["dba"]).Id;
}
