using System.Text.Json;
using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// The picture on the card of the bot's own draft: it comes by itself, and whatever becomes of it, the card is as it
/// was.
/// </summary>
[Collection(SharedChannel.Name)]
public sealed class SlackChartTests(ChannelWorld house)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_card_gets_a_picture_of_its_hook()
    {
        var picture = await PictureAsync("");

        Assert.Contains("HK-01", picture.GetProperty("alt_text").GetString(), StringComparison.Ordinal);
        Assert.Contains("< 99.9 %", picture.GetProperty("alt_text").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            "REL-B5",
            picture.GetProperty("title").GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        var file = house.Workspace.Files.Find(Id(picture));
        Assert.Equal("image/png", file?.MimeType);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], file?.Content.Span[..4].ToArray());
        Assert.Empty(file?.Channels ?? []);
    }

    [Theory]
    [InlineData("slack-chart-taken")]
    [InlineData("slack-chart-uploaded")]
    [InlineData("slack-chart-known")]
    public async Task The_picture_comes_whatever_dies(string transition)
    {
        var before = Id(await PictureAsync(""));

        await house.KillingAsync(transition, AnewAsync, null, Token);

        await PictureAsync(before);
        Assert.Single(house.Cards);
    }

    [Fact]
    public async Task A_card_that_dies_while_its_picture_is_put_on_it_is_changed_again()
    {
        var before = Id(await PictureAsync(""));

        await house.KillingAsync("slack-update-begun", AnewAsync, null, Token);

        await PictureAsync(before);
        Assert.Single(house.Cards);
    }

    [Fact]
    public async Task Slack_refuses_the_picture_and_the_card_goes_on_without()
    {
        await PictureAsync("");
        var card = Assert.Single(house.Cards);

        await house.BotAsync("update glancy.slack_chart set file = 'F0NOSUCH0', refusals = 0, show_at = now()", Token);
        await Wait.UntilAsync(
            async () => await house.BotAsync("select refusals > 0 from glancy.slack_chart", Token) == "True",
            "Slack refuses it",
            Token
        );
        await house.BotAsync(
            "update glancy.notice set revision = revision + 1 where kind = 'card' and key like 'episode:%'",
            Token
        );

        await Wait.UntilAsync(() => Picture(Assert.Single(house.Cards)) is null, "the card is changed", Token);
        await Wait.UntilAsync(async () => await UpToDateAsync(), "and the bot knows it", Token);
        Assert.Equal(card.Ts, Assert.Single(house.Cards).Ts);
        await AnewAsync();
        await PictureAsync("F0NOSUCH0");
    }

    [Fact]
    public async Task Slack_takes_no_files_and_the_card_goes_on_with_what_it_has()
    {
        var before = Id(await PictureAsync(""));
        await house.World.Slack.FaultOnAsync(
            new SlackFault(SlackFaultKind.ServerError, "files.completeUploadExternal"),
            Token
        );
        try
        {
            await AnewAsync();
            await house.BotAsync(
                "update glancy.notice set revision = revision + 1 where kind = 'card' and key like 'episode:%'",
                Token
            );
            await Wait.UntilAsync(async () => await UpToDateAsync(), "the card is changed", Token);
            await Wait.UntilAsync(
                async () =>
                    await house.BotAsync(
                        "select not done and lease_until is null and next_at > now() from glancy.slack_chart",
                        Token
                    ) == "True",
                "the picture waits",
                Token
            );
            Assert.Equal(before, Picture(Assert.Single(house.Cards)) is { } still ? Id(still) : "");
        }
        finally
        {
            await house.World.Slack.FaultOffAsync(null, Token);
        }

        await PictureAsync(before);
    }

    private Task AnewAsync() =>
        house.BotAsync("update glancy.slack_chart set done = false, attempts = 0, next_at = now()", Token);

    private async Task<bool> UpToDateAsync() =>
        await house.BotAsync(
            "select n.delivered = n.revision from glancy.notice n where n.kind = 'card' and n.key like 'episode:%'",
            Token
        ) == "True";

    // Another one than that.
    private async Task<JsonElement> PictureAsync(string than)
    {
        Assert.True(
            await Wait.TryUntilAsync(
                () => house.Cards is [var card] && Picture(card) is { } shown && Id(shown) != than,
                TimeSpan.FromSeconds(80),
                Token
            ),
            "a picture; there is "
                + await house.BotAsync(
                    "select coalesce((select row_to_json(c)::text from glancy.slack_chart c), 'none')",
                    Token
                )
        );
        return Picture(house.Cards[0]) ?? default;
    }

    private static JsonElement? Picture(Message card) => ChannelWorld.Picture(card);

    private static string Id(JsonElement picture) =>
        picture.GetProperty("slack_file").GetProperty("id").GetString() ?? "";
}
