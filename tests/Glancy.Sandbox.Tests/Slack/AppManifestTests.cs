using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>The sandbox's Slack lets the bot do what its manifest asks for, and no more.</summary>
public sealed class AppManifestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_manifest_does_not_ask_for_is_refused_and_named()
    {
        using var folder = new TemporaryFolder();
        var file = folder.In("app.yaml");
        await File.WriteAllTextAsync(
            file,
            """
            features:
              shortcuts:
                - { name: Remember it, type: message, callback_id: remember }
                - { name: Begin, type: global, callback_id: begin }
            oauth_config:
              scopes:
                bot: [chat:write, channels:history]
            settings:
              event_subscriptions:
                bot_events: [message.channels, reaction_added]
            """,
            Token
        );
        var manifest = AppManifest.Read(file);
        Assert.Equal(["message.channels", "reaction_added"], manifest.Events.Order());
        Assert.Equal([new Shortcut("Remember it", "remember")], manifest.Shortcuts);
        await using var slack = await SandboxSlack.StartAsync(
            Path.Combine(Repository.Root, "runbook", "people.yaml"),
            manifest,
            TimeProvider.System,
            TimeProvider.System.GetUtcNow,
            Token
        );

        Assert.Equal("ok", await CallAsync(slack, "chat.postMessage", Team.OpsChannel));
        Assert.Equal("ok", await CallAsync(slack, "conversations.history", Team.OpsChannel));
        Assert.Equal("missing_scope im:history", await CallAsync(slack, "conversations.history", "DLIN00000"));
        Assert.Equal("missing_scope pins:write", await CallAsync(slack, "pins.add", Team.OpsChannel));
        Assert.Equal("ok", await CallAsync(slack, "auth.test", ""));
    }

    [Fact]
    public void The_bots_own_manifest_can_be_read()
    {
        var manifest = AppManifest.Read(Path.Combine(Repository.Root, "manifests", "slack-app.yaml"));

        Assert.Contains("chat:write", manifest.Scopes ?? new HashSet<string>());
        Assert.Equal(["handover-add", "incident-pin", "incident-open"], manifest.Shortcuts.Select(s => s.CallbackId));
    }

    private static async Task<string> CallAsync(SandboxSlack slack, string method, string channel)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", slack.BotToken);
        using var content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["channel"] = channel,
                ["text"] = "x",
                ["timestamp"] = "1.1",
            }
        );
        using var response = await http.PostAsync(new Uri(slack.Api, method), content, Token);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        return answer.GetProperty("ok").GetBoolean()
            ? "ok"
            : (
                $"{answer.GetProperty("error").GetString()} "
                + $"{(answer.TryGetProperty("needed", out var scope) ? scope.GetString() : "")}"
            ).Trim();
    }
}
