using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Handovers;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Leases;

public sealed class LeaseOfferTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_offered_once_when_three_windows_have_been_good_and_never_done()
    {
        await using var house = await RolledBackAsync();
        await GoAsync(house);
        Assert.Empty(await house.SaidAsync(LeaseOffers.CardTemplate, Token));

        house.Advance(TimeSpan.FromMinutes(25));
        await Task.WhenAll(GoAsync(house), GoAsync(house), GoAsync(house));

        var offered = await house.SaidAsync(LeaseOffers.CardTemplate, Token);
        Assert.All(offered, card => Assert.Equal(("card", 1), (card.Kind, card.Revision)));
        Assert.Equal(
            (await SwitchesAsync(house)).Where(l => l.Recovers.Count > 0).Select(l => l.Name).Order(),
            offered.Select(c => c.Arguments["lease"]).Order()
        );
        Assert.NotEmpty(offered);
        Assert.All(await SwitchesAsync(house), l => Assert.Null(l.EndedAt));
    }

    [Fact]
    public async Task It_is_withdrawn_when_the_recovery_does_not_last_and_made_anew_on_the_same_card()
    {
        await using var house = await RolledBackAsync();
        house.Advance(TimeSpan.FromMinutes(25));
        await GoAsync(house);

        house.Lights.Set("HK-01", house.Now, null);
        house.Advance(TimeSpan.FromMinutes(5));
        await GoAsync(house);
        Assert.Equal(2, (await house.SaidAsync(LeaseOffers.CardTemplate, Token))[0].Revision);
        await GoAsync(house);
        Assert.Equal(2, (await house.SaidAsync(LeaseOffers.CardTemplate, Token))[0].Revision);

        house.Lights.Set("HK-01", house.Now, double.NaN);
        house.Advance(TimeSpan.FromMinutes(25));
        await GoAsync(house);
        Assert.Equal(3, (await house.SaidAsync(LeaseOffers.CardTemplate, Token))[0].Revision);
    }

    [Fact]
    public async Task The_card_ends_with_the_lease()
    {
        await using var house = await RolledBackAsync();
        house.Advance(TimeSpan.FromMinutes(25));
        await GoAsync(house);
        var lease = (await SwitchesAsync(house)).First(l => l.Recovers.Count > 0);
        await house.Get<LeaseDesk>().KeepAsync(lease.Id, house.Person("mei"), "stays", Token);

        await GoAsync(house);
        await GoAsync(house);

        Assert.Equal(
            2,
            (await house.SaidAsync(LeaseOffers.CardTemplate, Token))
                .Single(c => c.Arguments["lease"] == lease.Name)
                .Revision
        );
    }

    [Theory]
    [InlineData(2600.0, false)]
    [InlineData(310.0, false)]
    [InlineData(null, false)]
    [InlineData(120.0, true)]
    public async Task Exports_are_offered_back_when_their_queue_is_short_for_three_windows(double? depth, bool offered)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("queues", house.Now, 2600);
        var arguments = new Dictionary<string, string> { ["reason"] = "still not well" };
        var draft = Assert
            .IsType<DraftOutcome.Drafted>(
                await house
                    .Get<Drafts>()
                    .DraftAsync("exports-off", arguments, house.Person("lin"), "still not well", Token)
            )
            .Run;
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);

        house.Advance(TimeSpan.FromMinutes(2));
        house.Lights.Set("queues", house.Now, depth);
        house.Advance(TimeSpan.FromMinutes(12));
        await GoAsync(house);
        Assert.Empty(await house.SaidAsync(LeaseOffers.CardTemplate, Token));
        house.Advance(TimeSpan.FromMinutes(2));
        await GoAsync(house);

        Assert.Equal(offered ? 1 : 0, (await house.SaidAsync(LeaseOffers.CardTemplate, Token)).Count);
    }

    private async Task<OpsHouse> RolledBackAsync()
    {
        var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        return house;
    }

    private static Task GoAsync(OpsHouse house) => house.Get<LeaseOffers>().GoAsync(Token);

    private static async Task<IReadOnlyList<Lease>> SwitchesAsync(OpsHouse house) =>
        [.. (await house.Get<LeaseStore>().OpenAsync(Token)).Where(l => l.IsSwitch)];
}
