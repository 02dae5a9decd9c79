using Glancy.Ops.Handovers;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Handovers;

public sealed class HandoverJobTests(PostgresFixture postgres)
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_shift_that_began_before_the_bot_has_no_handover_and_the_next_has_one()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.GoAsync(Token);
        await house.GoAsync(Token);
        Assert.Empty(await house.SaidAsync("card-handover", Token));
        Assert.Equal(
            "handover-none",
            Assert.IsType<HandoverOutcome.Refused>(await house.AcceptAsync("lin", Token)).Refusal.Code
        );

        house.AdvanceTo(HandoverHouse.Evening - TimeSpan.FromMicroseconds(1));
        await house.GoAsync(Token);
        Assert.Empty(await house.SaidAsync("card-handover", Token));

        house.AdvanceTo(HandoverHouse.Evening);
        await house.GoAsync(Token);
        Assert.Equal(
            Handover.KeyOf(HandoverHouse.Evening),
            Assert.Single(await house.SaidAsync("card-handover", Token)).Key
        );
    }

    [Fact]
    public async Task Two_replicas_open_one_and_escalate_once()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => house.GoAsync(Token)));
        Assert.Single(await house.SaidAsync("card-handover", Token));

        house.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMicroseconds(1));
        await house.GoAsync(Token);
        Assert.Empty(await house.SaidAsync("handover-late", Token));
        house.Advance(TimeSpan.FromMicroseconds(1));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => house.GoAsync(Token)));

        var page = Assert.Single(await house.SaidAsync("handover-late", Token));
        Assert.Equal(("page", "chen,lin,mei,han"), (page.Kind, page.Arguments["to"]));
        Assert.Single(await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "handover-escalate"), Token));
        Assert.IsType<HandoverOutcome.Accepted>(await house.AcceptAsync("chen", Token));
    }

    [Fact]
    public async Task What_is_accepted_in_time_is_not_escalated()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        house.Advance(TimeSpan.FromMinutes(14));
        await house.AcceptAsync("chen", Token);
        house.Advance(TimeSpan.FromHours(1));
        await house.GoAsync(Token);

        Assert.Empty(await house.SaidAsync("handover-late", Token));
    }

    [Fact]
    public async Task A_bot_that_was_away_over_the_boundary_opens_it_late_and_counts_from_there()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.GoAsync(Token);
        house.AdvanceTo(HandoverHouse.Evening.AddHours(1));
        await house.GoAsync(Token);

        var late = await house.Get<HandoverStore>().GetAsync(HandoverHouse.Evening, Token);
        Assert.Equal(HandoverHouse.Evening.AddHours(1), late?.Facts?.At);
        Assert.Equal("chen", await house.HolderAsync("primary", Token));
        Assert.Empty(await house.SaidAsync("handover-late", Token));
        house.Advance(TimeSpan.FromMinutes(15));
        await house.GoAsync(Token);
        Assert.Single(await house.SaidAsync("handover-late", Token));
    }

    [Theory]
    [InlineData("2025-04-28T00:00:00Z", 5)]
    [InlineData("2025-12-30T20:00:00Z", 4)]
    [InlineData("2028-02-27T03:00:00Z", 4)]
    public async Task However_the_turns_fall_there_is_one_at_each_seven_and_nineteen(string from, int days)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var start = DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        house.AdvanceTo(start);
        await house.GoAsync(Token);

        // Steps that now stand still, now pass a boundary or several.
        double[] hours = [0, 3.5, 0.01, 11, 12, 0, 25.3, 1, 7, 12, 12, 13.9];
        for (var i = 0; house.Now < start.AddDays(days); i++)
        {
            house.Advance(TimeSpan.FromHours(hours[i % hours.Length]));
            await Task.WhenAll(house.GoAsync(Token), house.GoAsync(Token));
        }

        var opened = await house
            .Get<BotDatabase>()
            .QueryAsync<DateTime>(
                "select boundary from glancy.handover where facts is not null order by boundary",
                null,
                Token
            );
        var local = opened
            .Select(b => TimeZoneInfo.ConvertTime(new DateTimeOffset(b, TimeSpan.Zero), Shanghai))
            .ToList();
        Assert.All(local, b => Assert.True(b is { Minute: 0, Second: 0, Hour: 7 or 19 }));
        Assert.All(local.Zip(local.Skip(1)), pair => Assert.Equal(TimeSpan.FromHours(12), pair.Second - pair.First));
        Assert.InRange(local[0] - start, TimeSpan.Zero, TimeSpan.FromHours(12));
        Assert.InRange(house.Now - local[^1], TimeSpan.Zero, TimeSpan.FromHours(12));
        Assert.Equal(local.Count, (await house.SaidAsync("card-handover", Token)).Count);
    }
}
