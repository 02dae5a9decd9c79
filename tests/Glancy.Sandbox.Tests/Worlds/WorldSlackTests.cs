using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Tests.Worlds;

/// <summary>A world's Slack: told to the replicas, written into <c>world.json</c>, moved from outside.</summary>
public sealed class WorldSlackTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_replica_is_told_where_Slack_is_and_where_to_listen_and_the_world_takes_orders()
    {
        using var folder = new TemporaryFolder();
        await using var world = await World.StartAsync(
            new WorldOptions(folder.In("w"))
            {
                Root = Repository.Root,
                Past = TimeSpan.FromMinutes(30),
                BotDll = typeof(StandInBot).Assembly.Location,
                Replicas = 2,
                Slack = true,
            },
            null,
            Token
        );

        var told = world
            .Replicas.Select(r =>
                File.ReadAllText($"/proc/{r.Process.Pid}/environ")
                    .Split('\0')
                    .Where(v => v.StartsWith("Slack__", StringComparison.Ordinal))
                    .Select(v => v.Split('=', 2))
                    .ToDictionary(v => v[0], v => v[1])
            )
            .ToList();
        Assert.All(
            told,
            t =>
                Assert.Equal(
                    (world.Slack.Api.AbsoluteUri, world.Slack.SigningSecret, Team.Id, Team.OpsChannel),
                    (t["Slack__ApiBase"], t["Slack__SigningSecret"], t["Slack__TeamId"], t["Slack__Channel"])
                )
        );
        Assert.Equal(2, told.Select(t => t["Slack__Listen"]).Distinct().Count());
        Assert.Equal(world.Slack.BotToken, (await world.Folder.ReadAsync(Token))?.Slack?.BotToken);

        // The stand-ins do not listen there.
        using var http = new HttpClient { BaseAddress = world.Control };
        using var said = await http.PostAsync(
            new Uri("/world/slack/say?person=lin&text=%2Fglancy%20hk", UriKind.Relative),
            null,
            Token
        );
        Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        var seen = await http.GetFromJsonAsync<JsonElement>("/world/slack/seen?person=lin", Token);
        Assert.Contains(
            "dispatch_failed",
            seen.GetProperty("ephemerals")[0].GetProperty("text").GetString(),
            StringComparison.Ordinal
        );

        using var on = await http.PutAsync(
            new Uri("/world/slack/faults/lose-answer?method=chat.postMessage&times=2", UriKind.Relative),
            null,
            Token
        );
        Assert.Equal(
            new SlackFault(SlackFaultKind.LoseAnswer, "chat.postMessage", Times: 2),
            Assert.Single(world.Slack.Faults.On)
        );
        using var unknown = await http.PutAsync(new Uri("/world/slack/faults/sulk", UriKind.Relative), null, Token);
        Assert.Equal(HttpStatusCode.Conflict, unknown.StatusCode);
        using var off = await http.DeleteAsync(new Uri("/world/slack/faults", UriKind.Relative), Token);
        Assert.Empty(world.Slack.Faults.On);
    }
}
