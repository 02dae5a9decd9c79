using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Roster;

public sealed class SwapTests(PostgresFixture postgres)
{
    // Lin is Primary by day until Sunday, Chen by night; Wu and Zhao are their Secondaries.
    private static readonly DateTimeOffset Saturday = new(2025, 4, 19, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset SundayNight = new(2025, 4, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_moves_until_the_other_side_accepts_and_then_both_turns_do()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var swap = await ProposedAsync(house);
        Assert.Equal(("lin", "chen"), (await PrimaryAsync(house, Saturday), await PrimaryAsync(house, SundayNight)));

        Assert.IsType<SwapOutcome.Accepted>(
            await house.Get<SwapDesk>().AcceptAsync(house.Person("chen"), swap.Name, Token)
        );

        Assert.Equal(("chen", "lin"), (await PrimaryAsync(house, Saturday), await PrimaryAsync(house, SundayNight)));
        Assert.Equal(
            ("lin", "chen"),
            (await PrimaryAsync(house, Saturday.AddDays(1)), await PrimaryAsync(house, SundayNight.AddDays(-1)))
        );
        var card = Assert.Single(await house.Get<NoticeBoard>().ListAsync(0, 10, Token));
        Assert.Equal(("card", "card-swap", 2), (card.Kind, card.Template, card.Revision));
        Assert.Single(await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "roster-swap-accept"), Token));
        Assert.Empty(await house.Get<SwapStore>().OpenAsync(house.Now, Token));
    }

    [Fact]
    public async Task Two_answers_at_once_are_one_and_the_other_hears_of_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var swap = await ProposedAsync(house);
        var desk = house.Get<SwapDesk>();

        var outcomes = await Task.WhenAll(
            desk.AcceptAsync(house.Person("chen"), swap.Name, Token),
            desk.AcceptAsync(house.Person("chen"), swap.Name, Token),
            desk.DeclineAsync(house.Person("lin"), swap.Name, Token)
        );

        Assert.Single(outcomes.OfType<SwapOutcome.Accepted>());
        Assert.All(outcomes.OfType<SwapOutcome.Refused>(), r => Assert.Equal("swap-ended", r.Refusal.Code));
        Assert.Contains((await house.Get<RosterOverrides>().FromAsync(house.Now, Token)).Count, new[] { 0, 2 });
    }

    [Theory]
    [InlineData("lin")]
    [InlineData("mei")]
    public async Task Nobody_accepts_for_another(string person)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var swap = await ProposedAsync(house);

        Assert.Equal(
            "swap-not-yours",
            Code(await house.Get<SwapDesk>().AcceptAsync(house.Person(person), swap.Name, Token))
        );
        Assert.Equal("lin", await PrimaryAsync(house, Saturday));
    }

    [Fact]
    public async Task What_has_changed_meanwhile_or_has_begun_cannot_be_swapped()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var stale = await ProposedAsync(house);
        await house
            .Get<RosterDesk>()
            .GiveAsync(
                house.Person("mei"),
                "primary",
                "wu",
                Saturday.AddMinutes(-30),
                Saturday.AddHours(9),
                "lin is ill",
                Token
            );
        Assert.Equal(
            "swap-stale",
            Code(await house.Get<SwapDesk>().AcceptAsync(house.Person("chen"), stale.Name, Token))
        );

        var late = Assert
            .IsType<SwapOutcome.Accepted>(
                await house.Get<SwapDesk>().ProposeAsync(house.Person("chen"), "zhao", SundayNight, null, "away", Token)
            )
            .Swap;
        house.AdvanceTo(SundayNight);
        Assert.Equal(
            "swap-too-late",
            Code(await house.Get<SwapDesk>().AcceptAsync(house.Person("zhao"), late.Name, Token))
        );
    }

    [Theory]
    [InlineData("lin", "lin", "2025-04-19T01:00:00Z", "swap-with-oneself")]
    [InlineData("lin", "dong", "2025-04-19T01:00:00Z", "swap-takes-no-turns")]
    [InlineData("lin", "nobody", "2025-04-19T01:00:00Z", "bad-person")]
    [InlineData("lin", "chen", "2025-04-18T02:00:00Z", "swap-too-late")]
    [InlineData("lin", "chen", "2025-04-19T12:00:00Z", "swap-no-turn")]
    [InlineData("mei", "chen", "2025-04-19T01:00:00Z", "swap-no-turn")]
    public async Task What_makes_no_sense_is_refused(string by, string with, string give, string code)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        Assert.Equal(
            code,
            Code(
                await house
                    .Get<SwapDesk>()
                    .ProposeAsync(
                        house.Person(by),
                        with,
                        DateTimeOffset.Parse(give, System.Globalization.CultureInfo.InvariantCulture),
                        null,
                        "x",
                        Token
                    )
            )
        );
        Assert.Empty(await house.Get<NoticeBoard>().ListAsync(0, 10, Token));
    }

    [Fact]
    public async Task A_declined_swap_moves_nothing()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var swap = await ProposedAsync(house);

        Assert.IsType<SwapOutcome.Accepted>(await house.Get<SwapDesk>().DeclineAsync(house.Person("chen"), "1", Token));

        Assert.Equal(
            "swap-ended",
            Code(await house.Get<SwapDesk>().AcceptAsync(house.Person("chen"), swap.Name, Token))
        );
        Assert.Equal("lin", await PrimaryAsync(house, Saturday));
        Assert.Equal(
            "unknown-swap",
            Code(await house.Get<SwapDesk>().DeclineAsync(house.Person("chen"), "S-9", Token))
        );
    }

    private static async Task<Swap> ProposedAsync(OpsHouse house) =>
        Assert
            .IsType<SwapOutcome.Accepted>(
                await house
                    .Get<SwapDesk>()
                    .ProposeAsync(house.Person("lin"), "chen", Saturday, SundayNight, "a wedding", Token)
            )
            .Swap;

    private static string Code(SwapOutcome outcome) => Assert.IsType<SwapOutcome.Refused>(outcome).Refusal.Code;

    private static async Task<string> PrimaryAsync(OpsHouse house, DateTimeOffset at) =>
        Assert.Single((await house.Get<DutyRoster>().PlannedAsync(at, Token)).Holders["primary"]).Id;
}
