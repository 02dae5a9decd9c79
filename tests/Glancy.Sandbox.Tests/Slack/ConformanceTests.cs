using System.Text.Json;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>
/// The sandbox's Slack is ours and proves little alone: Slack's own SDKs must find their Slack in it.
/// </summary>
public sealed class ConformanceTests(Sdk sdk) : IClassFixture<Sdk>
{
    private const string Lin = SlackHouse.Lin;
    private readonly Workspace workspace = sdk.Workspace;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("identity")]
    [InlineData("messages")]
    [InlineData("pages")]
    [InlineData("ephemeral")]
    [InlineData("refused")]
    [InlineData("files")]
    [InlineData("marks")]
    [InlineData("people")]
    public Task Slacks_own_client_finds_its_Web_API(string scenario) => sdk.WebApiAsync(scenario, "", Token);

    [Fact]
    public async Task Slacks_own_client_waits_as_long_as_it_is_told()
    {
        await sdk.Slack.FaultOnAsync(
            new SlackFault(SlackFaultKind.TooMany, "chat.postMessage", TimeSpan.FromSeconds(1), Times: 1),
            Token
        );
        await sdk.WebApiAsync("patience", "", Token);
        Assert.Single(workspace.Board.All, m => m.Text == "in the end");

        await sdk.Slack.FaultOnAsync(
            new SlackFault(SlackFaultKind.TooMany, "chat.postMessage", TimeSpan.FromSeconds(7), Times: 1),
            Token
        );
        await sdk.WebApiAsync("impatience", "", Token);
        Assert.DoesNotContain(workspace.Board.All, m => m.Text == "never");
    }

    [Fact]
    public async Task Bolt_answers_a_command_at_once_or_later()
    {
        await SayAsync("/glancy at once");
        Assert.Contains(workspace.Asides.Of(Lin), e => e.Text == "at once, lin");

        await SayAsync("/glancy later");
        await UntilAsync(() => workspace.Board.In(Team.OpsChannel).Any(m => m.Text == "later"));
    }

    [Fact]
    public async Task A_command_that_Bolt_does_not_acknowledge_fails_visibly()
    {
        await SayAsync("/glancy nonsense");

        Assert.Contains(workspace.Asides.Of(Lin), e => e.Text.StartsWith("/glancy failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bolt_understands_a_click_and_replaces_the_message()
    {
        await SayAsync("/glancy say");
        await UntilAsync(() => workspace.Board.In(Team.OpsChannel).Any(m => m.Text == "Sure?"));
        var card = workspace.Board.In(Team.OpsChannel).Last(m => m.Text == "Sure?");

        await workspace.PressAsync(Lin, new Place.InMessage(Team.OpsChannel, card.Ts), "do", "yes", null, null, Token);

        await UntilAsync(() =>
            workspace.Board.Find(Team.OpsChannel, card.Ts)?.Text == $"R-1 by {Lin} in {Team.OpsChannel}"
        );
    }

    [Fact]
    public async Task Bolt_opens_a_form_sends_it_back_changes_it_and_takes_it()
    {
        await SayAsync("/glancy form");
        await UntilAsync(() =>
            workspace
                .Screens.ModalsOf(Lin)
                .Any(v => v.Content.TryGetProperty("private_metadata", out var run) && run.GetString() == "R-1")
        );
        var view = workspace.Screens.ModalsOf(Lin).Single().Id;

        await SubmitAsync(view, "short");
        Assert.Equal("Too short.", workspace.Screens.Find(view)?.Errors["reason"]);
        await SubmitAsync(view, "other");
        Assert.Equal(
            "Other",
            workspace.Screens.Find(view)?.Content.GetProperty("title").GetProperty("text").GetString()
        );
        await SubmitAsync(view, "because");

        Assert.Empty(workspace.Screens.ModalsOf(Lin));
        await UntilAsync(() => workspace.Board.In("DLIN00000").Any(m => m.Text == "R-1: because"));
    }

    [Fact]
    public async Task Bolt_hears_what_is_said_given_and_opened()
    {
        var said = await SayAsync("ping");
        await UntilAsync(() => workspace.Board.Thread(Team.OpsChannel, said).Any(m => m.Text == $"pong <@{Lin}>"));

        workspace.React(SlackHouse.Wu, Team.OpsChannel, said, "eyes");
        await UntilAsync(() =>
            workspace.Board.Find(Team.OpsChannel, said)?.Reactions.Any(r => r.Name == "white_check_mark") == true
        );

        workspace.OpenHome(Lin);
        await UntilAsync(() => workspace.Screens.HomeOf(Lin) is not null);
        Assert.DoesNotContain(sdk.Slack.Doors.Log, d => d.Retry > 0);
    }

    [Fact]
    public async Task Slacks_own_client_opens_changes_and_publishes_views()
    {
        // The trigger is taken from a command on its way to an app that only remembers it.
        await sdk.WebApiAsync("views", await TriggerAsync(new HeardApp(), workspace.App), Token);
    }

    private async Task<string> TriggerAsync(HeardApp app, IApp doors)
    {
        workspace.App = app;
        try
        {
            await SayAsync("/glancy form");
            return app.Commands.Single()["trigger_id"];
        }
        finally
        {
            workspace.App = doors;
        }
    }

    private async Task<string> SayAsync(string text) =>
        (await workspace.SayAsync(Lin, Team.OpsChannel, text, null, Token))?.Ts ?? "";

    private Task SubmitAsync(string view, string reason) =>
        workspace.SubmitAsync(
            Lin,
            view,
            JsonSerializer.SerializeToElement(
                new { reason = new { text = new { type = "plain_text_input", value = reason } } }
            ),
            Token
        );

    private async Task UntilAsync(Func<bool> seen)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var version = workspace.Changes.Version;
            if (seen())
            {
                return;
            }

            await workspace.Changes.AfterAsync(version, limit.Token);
        }
    }
}
