using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// The channel takes nothing any more: what was to stand there is given up, somebody hears of it, and nothing else
/// waits.
/// </summary>
public sealed class SlackDeadChannelTests(ChannelWorld house) : IClassFixture<ChannelWorld>
{
    private const int MostRefusals = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("is_archived")]
    [InlineData("not_in_channel")]
    public async Task What_has_nowhere_to_go_is_given_up_and_whoever_is_called_first_hears_of_it(string code)
    {
        var alive =
            house.Workspace.Members.Channel(Team.OpsChannel) ?? throw new InvalidOperationException("no channel");
        var (kept, page, card, post) = (
            $"dead:{code}:kept",
            $"dead:{code}:page",
            $"dead:{code}:card",
            $"dead:{code}:post"
        );
        await house.PutAsync("card", kept, "stands", Token);
        await Wait.UntilAsync(() => house.Carrying(kept).Count == 1, "a card stands there", Token);

        house.Workspace.Members.Put(
            code == "is_archived"
                ? alive with
                {
                    IsArchived = true,
                }
                : alive with
                {
                    Members = [.. alive.Members.Where(m => m != Team.BotUser)],
                }
        );
        try
        {
            await house.PutAsync("card", kept, "has changed", Token);
            await house.PutAsync("page", page, "a", Token);
            await house.PutAsync("card", card, "b", Token);
            await house.PutAsync("post", post, "c", Token);

            // What goes to one person is not held up.
            var direct = $"dead:{code}:direct";
            await house.BotAsync(
                $$"""
                insert into glancy.notice (key, kind, at, template, arguments) values ('{{direct}}', 'direct',
                  now(), 'freeze-by-person', '{"person": "wu", "reason": "direct-{{code}}", "to": "wu"}')
                  returning id
                """,
                Token
            );
            await Wait.UntilAsync(
                () => Direct(ChannelWorld.Wu).Any(said => said.Contains($"direct-{code}", StringComparison.Ordinal)),
                "wu's own message arrives",
                Token
            );
            await Wait.UntilAsync(
                () =>
                    Direct(ChannelWorld.Lin)
                        .Any(said =>
                            said.Contains(code, StringComparison.Ordinal)
                            && said.Contains(Team.OpsChannel, StringComparison.Ordinal)
                        ),
                "lin is told",
                Token
            );

            await Wait.UntilAsync(async () => await LeftAsync(code) == "", "all four are given up", Token);
            Assert.Equal(
                "3",
                await house.BotAsync(
                    $"select count(*) from glancy.slack_post where notice_key like 'dead:{code}:%' and notice_key <> "
                        + $"'{kept}' and skipped",
                    Token
                )
            );
            Assert.InRange(
                int.Parse(
                    await house.BotAsync(
                        $"select max(claim) from glancy.slack_post where notice_key like 'dead:{code}:%'",
                        Token
                    ),
                    System.Globalization.CultureInfo.InvariantCulture
                ),
                1,
                MostRefusals + 2
            );
            await Wait.UntilAsync(
                () =>
                    house
                        .Logged()
                        .Count(line =>
                            line.Contains($"dead:{code}:", StringComparison.Ordinal)
                            && !line.Contains(kept, StringComparison.Ordinal)
                            && line.Contains("is given up", StringComparison.Ordinal)
                        ) == 3,
                "each is logged",
                Token
            );

            // Once, however many had nowhere to go.
            Assert.Single(Direct(ChannelWorld.Lin), said => said.Contains(code, StringComparison.Ordinal));
        }
        finally
        {
            house.Workspace.Members.Put(alive);
        }

        var again = $"dead:{code}:again";
        await house.PutAsync("post", again, "d", Token);
        await Wait.UntilAsync(() => house.Carrying(again).Count == 1, "what comes afterwards stands there", Token);
        Assert.Empty(house.Carrying(page));
    }

    private List<string> Direct(string person) =>
        [
            .. house
                .Workspace.Board.All.Where(m =>
                    m.BotId is not null && house.Workspace.Members.Channel(m.Channel)?.With == person
                )
                .Select(m => m.Text + m.Blocks?.Said()),
        ];

    private Task<string> LeftAsync(string code) =>
        house.BotAsync(
            $"select coalesce(string_agg(key, ', '), '') from glancy.notice where key like 'dead:{code}:%' and "
                + $"delivered < revision",
            Token
        );
}
