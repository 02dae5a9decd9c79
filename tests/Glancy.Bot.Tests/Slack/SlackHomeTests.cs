using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;

namespace Glancy.Bot.Tests.Slack;

/// <summary>The app's Home: the shift at a glance for whoever opens it.</summary>
[Collection(SharedChannel.Name)]
public sealed class SlackHomeTests(ChannelWorld house)
{
    private const string Direct = "DLIN00000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_the_shift_follows_what_changes_and_its_buttons_are_answered()
    {
        house.Workspace.OpenHome(ChannelWorld.Lin);
        await Wait.UntilAsync(
            () =>
                Shown().Contains("等你确认", StringComparison.Ordinal)
                && Shown().Contains("HK-01", StringComparison.Ordinal),
            "the Home is there",
            Token
        );
        var first = house.Workspace.Screens.HomeOf(ChannelWorld.Lin)?.Hash;

        await house.SayAsync(ChannelWorld.Wu, "/glancy handover add look-at-the-home", Token);
        await Wait.UntilAsync(
            () => Shown().Contains("look-at-the-home", StringComparison.Ordinal),
            "it follows",
            Token
        );
        Assert.NotEqual(first, house.Workspace.Screens.HomeOf(ChannelWorld.Lin)?.Hash);

        var home = house.Workspace.Screens.HomeOf(ChannelWorld.Lin) ?? throw new InvalidOperationException("no Home");
        var offer =
            ChannelWorld.Button(home.Content.GetProperty("blocks"), "handover show")
            ?? throw new InvalidOperationException(Shown());
        await house.Workspace.PressAsync(
            ChannelWorld.Lin,
            new Place.InView(home.Id),
            offer.BlockId,
            offer.ActionId,
            offer.Choice,
            null,
            Token
        );
        await Wait.UntilAsync(
            () =>
                house.Workspace.Board.All.Any(m =>
                    m.Channel == Direct
                    && (m.Blocks?.Said() ?? "").Contains("look-at-the-home", StringComparison.Ordinal)
                ),
            "the answer is in the direct conversation",
            Token
        );
    }

    private string Shown() =>
        house.Workspace.Screens.HomeOf(ChannelWorld.Lin) is { } home
        && home.Content.TryGetProperty("blocks", out var blocks)
            ? blocks.Said()
            : "";
}
