using Glancy.Bot.Slack.Inbox;
using Glancy.Slack;
using Glancy.Slack.Api;
using Microsoft.Extensions.Options;
using Moq;

namespace Glancy.Bot.Tests.Slack.Rows;

/// <summary>Who is a member, and what is made of it when Slack does not say.</summary>
public sealed class SlackUserProfilesTests(RowsHouse house) : IClassFixture<RowsHouse>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_a_member_while_slack_does_not_say_so()
    {
        await house.AnewAsync(Token);

        Assert.Equal(
            SlackMembership.Unknown,
            await AskAsync(new SlackFailed<SlackUser>(new SlackError(SlackErrorKind.Unavailable, "unavailable", [])))
        );
        Assert.Equal(
            SlackMembership.Unknown,
            await AskAsync(new SlackFailed<SlackUser>(new SlackError(SlackErrorKind.Refused, "missing_scope", [])))
        );
        Assert.Equal(SlackMembership.Unknown, await AskAsync(new SlackUnknown<SlackUser>("lost")));
        Assert.Equal(
            SlackMembership.Stranger,
            await AskAsync(new SlackFailed<SlackUser>(new SlackError(SlackErrorKind.Refused, "user_not_found", [])))
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_slack_said_within_a_day_counts_in_every_replica(bool guest)
    {
        var expected = guest ? SlackMembership.Stranger : SlackMembership.Member;
        await house.AnewAsync(Token);
        var down = new SlackFailed<SlackUser>(new SlackError(SlackErrorKind.Unavailable, "unavailable", []));
        Assert.Equal(
            expected,
            await AskAsync(
                new SlackOk<SlackUser>(
                    new SlackUser
                    {
                        Id = "U1",
                        TeamId = "T1",
                        Name = "x",
                        RealName = null,
                        DisplayName = null,
                        Locale = "zh-CN",
                        Tz = null,
                        IsBot = false,
                        IsRestricted = guest,
                        IsUltraRestricted = false,
                        IsStranger = false,
                        Deleted = false,
                    }
                )
            )
        );

        Assert.Equal(expected, await AskAsync(down));
        await house.SqlAsync("update glancy.slack_member set seen_at = seen_at - interval '25 hours'", Token);
        Assert.Equal(SlackMembership.Unknown, await AskAsync(down));
    }

    // Another replica each time: nothing is known in memory.
    private async Task<SlackMembership> AskAsync(SlackResult<SlackUser> answer)
    {
        var client = new Mock<ISlackApiClient>();
        client.Setup(c => c.In(It.IsAny<SlackLane>())).Returns(client.Object);
        client.Setup(c => c.Users.Info("U1", It.IsAny<CancellationToken>())).ReturnsAsync(answer);
        return (
            await new SlackUserProfiles(
                client.Object,
                house.Database,
                Options.Create(new SlackOptions { TeamId = "T1" })
            ).GetAsync("U1", Token)
        ).Membership;
    }
}
