using Glancy.Ops.Alerts;
using Glancy.Ops.Hooks;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Hooks;
using static Glancy.Ops.Tests.Alerts.AlertHouse;

namespace Glancy.Ops.Tests.Alerts;

/// <summary>The columns of an SOP, read from the metrics while a group fires and until it is verified.</summary>
public sealed class AlertRoundTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_is_revised_only_when_a_person_sees_a_difference()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-03", Began, 1.3);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);

        await GoAsync(house, TimeSpan.Zero);
        var read = await house.GroupAsync(group.Id, Token);
        Assert.Equal(
            (1.3, Light.Red),
            read.Readings.Where(r => r.Column == CheckReading.Detect).Select(r => (r.Value ?? 0, r.Light)).Single()
        );
        Assert.Equal(2, (await house.CardAsync(group, Token)).Revision);

        // Not yet due, then the same, then a little more: nobody would see it.
        await GoAsync(house, TimeSpan.Zero);
        await GoAsync(house, Step);
        house.Lights.Set("HK-03", house.Now, 1.35);
        await GoAsync(house, Step);
        Assert.Equal(2, (await house.CardAsync(group, Token)).Revision);

        house.Lights.Set("HK-03", house.Now, 0.9);
        await GoAsync(house, Step);
        Assert.Equal(3, (await house.CardAsync(group, Token)).Revision);
    }

    [Fact]
    public async Task Three_good_windows_tick_and_verify_it_once_it_is_over()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-03", Began, 1.3);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        house.Lights.Set("HK-03", house.Now.AddMinutes(1), 0.7);

        await GoAsync(house, TimeSpan.FromMinutes(1));
        Assert.Equal((0, 3, false), await VerifyAsync(house, group));
        await GoAsync(house, TimeSpan.FromMinutes(5));
        Assert.Equal((1, 3, false), await VerifyAsync(house, group));
        await GoAsync(house, TimeSpan.FromMinutes(5));
        Assert.Equal((2, 3, false), await VerifyAsync(house, group));
        await GoAsync(house, TimeSpan.FromMinutes(5));
        Assert.Equal((3, 3, true), await VerifyAsync(house, group));
        Assert.Null((await house.GroupAsync(group.Id, Token)).VerifiedAt);

        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        await GoAsync(house, TimeSpan.Zero);
        var over = await house.GroupAsync(group.Id, Token);
        Assert.Equal(house.Now, over.VerifiedAt);

        // Nothing is read any more.
        house.Lights.Set("HK-03", house.Now, 1.3);
        await GoAsync(house, TimeSpan.FromHours(1));
        Assert.Equal((3, 3, true), await VerifyAsync(house, group));
    }

    [Fact]
    public async Task A_window_from_before_the_alert_does_not_count()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        await GoAsync(house, TimeSpan.Zero);

        Assert.Equal((0, 3, false), await VerifyAsync(house, group));
    }

    [Fact]
    public async Task Unknown_never_ticks()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        house.Advance(TimeSpan.FromHours(1));
        house.Lights.Away = true;
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        await GoAsync(house, TimeSpan.Zero);

        var read = await house.GroupAsync(group.Id, Token);
        Assert.All(
            read.Readings,
            r => Assert.Equal((UnknownReason.Unreachable, false), (r.Unknown ?? default, r.Ticked))
        );
        Assert.Null(read.VerifiedAt);

        house.Lights.Away = false;
        await GoAsync(house, Step);
        Assert.NotNull((await house.GroupAsync(group.Id, Token)).VerifiedAt);
    }

    [Fact]
    public async Task What_fires_again_is_to_be_verified_again()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        house.Advance(TimeSpan.FromHours(1));
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        await GoAsync(house, TimeSpan.Zero);
        Assert.NotNull((await house.GroupAsync(group.Id, Token)).VerifiedAt);

        await house.HearAsync(Told("k", Fires("a", house.Now)), Token);
        Assert.Equal((null, null), (await StateAsync(house, group)));
    }

    private static async Task<(DateTimeOffset? Resolved, DateTimeOffset? Verified)> StateAsync(
        OpsHouse house,
        AlertGroup group
    )
    {
        var now = await house.GroupAsync(group.Id, Token);
        return (now.ResolvedAt, now.VerifiedAt);
    }

    private static async Task GoAsync(OpsHouse house, TimeSpan later)
    {
        house.Advance(later);
        await house.Get<AlertJob>().GoAsync(Token);
    }

    private static async Task<(int Good, int Of, bool Ticked)> VerifyAsync(OpsHouse house, AlertGroup group)
    {
        var line = (await house.GroupAsync(group.Id, Token)).Readings.Single(r => r.Column == CheckReading.Verify);
        return (line.Good, line.Of, line.Ticked);
    }
}
