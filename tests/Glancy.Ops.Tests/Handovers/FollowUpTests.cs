using Glancy.Ops.Handovers;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Handovers;

public sealed class FollowUpTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_open_carries_over_with_its_age_until_it_is_done()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.GoAsync(Token);
        var added = await AddAsync(house, "olga", "open regenerate again at 23:00");
        house.AdvanceTo(HandoverHouse.Evening);
        await house.GoAsync(Token);
        house.AdvanceTo(HandoverHouse.Evening.AddHours(12));
        await house.GoAsync(Token);

        foreach (var boundary in new[] { HandoverHouse.Evening, HandoverHouse.Evening.AddHours(12) })
        {
            var facts = (await house.Get<HandoverStore>().GetAsync(boundary, Token))?.Facts;
            Assert.Equal(added, Assert.Single(facts?.FollowUps ?? []));
        }

        Assert.IsType<FollowUpOutcome.Accepted>(
            await house.Get<FollowUpDesk>().DoneAsync(house.Person("chen"), "f-1", "opened", Token)
        );
        Assert.Empty(await house.Get<FollowUpStore>().OpenAsync(Token));
        Assert.Equal(
            "follow-up-done",
            Refused(await house.Get<FollowUpDesk>().DoneAsync(house.Person("zhao"), "1", "", Token))
        );
        foreach (var action in new[] { "follow-up-add", "follow-up-done" })
        {
            Assert.Equal(
                "F-1",
                Assert.Single(await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: action), Token)).Target
            );
        }
    }

    [Fact]
    public async Task It_is_said_in_the_thread_of_the_shift_it_was_added_in()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        await AddAsync(house, "chen", "upload the pictures of the drill");

        Assert.Equal(
            Handover.KeyOf(HandoverHouse.Evening),
            Assert.Single(await house.SaidAsync("follow-up-added", Token)).Under
        );
    }

    [Fact]
    public async Task The_same_words_within_a_minute_are_one_click_too_many()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var desk = house.Get<FollowUpDesk>();

        var outcomes = await Task.WhenAll(
            new[] { "wu", "lin" }.Select(p => desk.AddAsync(house.Person(p), "call the bank", null, null, Token))
        );
        Assert.Equal("follow-up-known", Assert.Single(outcomes.OfType<FollowUpOutcome.Refused>()).Refusal.Code);
        Assert.IsType<FollowUpOutcome.Refused>(
            await desk.AddAsync(house.Person("wu"), "Call the bank", null, null, Token)
        );
        await AddAsync(house, "wu", "call the other bank");
        house.Advance(TimeSpan.FromMinutes(2));

        await AddAsync(house, "wu", "call the bank");
        Assert.Equal(3, (await house.Get<FollowUpStore>().OpenAsync(Token)).Count);
    }

    [Fact]
    public async Task The_same_message_makes_one_however_often_it_is_marked()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    house
                        .Get<FollowUpDesk>()
                        .AddAsync(house.Person("wu"), "look at this", "https://glancy.slack.com/p1", "C1/1.0", Token)
                )
        );

        Assert.Single(outcomes.OfType<FollowUpOutcome.Accepted>());
        Assert.All(outcomes.OfType<FollowUpOutcome.Refused>(), r => Assert.Equal("follow-up-known", r.Refusal.Code));
        Assert.Single(await house.Get<FollowUpStore>().OpenAsync(Token));
    }

    [Theory]
    [InlineData("F-7")]
    [InlineData("seven")]
    public async Task What_is_not_there_cannot_be_done(string name)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        Assert.Equal(
            "unknown-follow-up",
            Refused(await house.Get<FollowUpDesk>().DoneAsync(house.Person("wu"), name, "", Token))
        );
        Assert.Equal(
            "follow-up-too-long",
            Refused(
                await house.Get<FollowUpDesk>().AddAsync(house.Person("wu"), new string('x', 501), null, null, Token)
            )
        );
    }

    private static async Task<FollowUp> AddAsync(OpsHouse house, string person, string words) =>
        Assert
            .IsType<FollowUpOutcome.Accepted>(
                await house.Get<FollowUpDesk>().AddAsync(house.Person(person), words, null, null, Token)
            )
            .FollowUp;

    private static string Refused(FollowUpOutcome outcome) =>
        Assert.IsType<FollowUpOutcome.Refused>(outcome).Refusal.Code;
}
