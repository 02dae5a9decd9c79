using System.Diagnostics;
using System.Globalization;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Stories;
using Glancy.Sandbox.Stories.Venues;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bench;

/// <summary>
/// Everybody looks at once while somebody confirms: 150 <c>/glancy hk</c> typed within a second by all people of the
/// channel in turn, and in their midst a click on the draft's confirm button. Measured where people sit: from the words
/// to the answer that Slack shows, from the click to the run that is confirmed.
/// </summary>
internal static class Flood
{
    public static readonly string[] Rows =
    [
        "a click on confirm among 150 `/glancy hk` within a second, until the run is confirmed",
        "those 150, all answered, from the first one's words",
    ];

    private const int Asked = 150;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public static async Task<IReadOnlyList<Line>> MeasureAsync(World world)
    {
        var workspace = world.Slack.Workspace;
        var draft = (await Bench.AskAsync(world.Replicas[0], "run", "list"))
            .List("runs")
            .FirstOrDefault(r => r.Text("code") is { Length: > 0 });
        var (run, code) = (draft.Text("run") ?? "", draft.Text("code") ?? "");
        string[] words = ["run", "confirm", run, code];
        await UntilAsync(() => Task.FromResult(SlackButtons.Find(Posts.In(workspace), words) is not null));
        var button =
            SlackButtons.Find(Posts.In(workspace), words)
            ?? throw new InvalidOperationException($"No message offers {string.Join(' ', words)}.");
        var people = workspace
            .Members.People.Where(p => workspace.Members.ChannelsOf(p.Id).Any(c => c.Id == Team.OpsChannel))
            .ToList();
        var primary = people.Single(p => p.Login == "lin");
        await using var bot = NpgsqlDataSource.Create(world.Databases.BotRuntime);
        var (before, watch, under) = (Answers(workspace, people), Stopwatch.StartNew(), new List<Task>());
        var clicked = TimeSpan.Zero;
        for (var i = 0; i < Asked; i++)
        {
            var due = (Within * i / Asked) - watch.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            under.Add(workspace.SayAsync(people[i % people.Count].Id, Team.OpsChannel, "/glancy hk", null, default));
            if (i == Asked / 2)
            {
                under.Add(
                    Task.Run(async () =>
                    {
                        var press = watch.Elapsed;
                        await workspace.PressAsync(
                            primary.Id,
                            button.Place,
                            button.Offer.BlockId,
                            button.Offer.ActionId,
                            null,
                            null,
                            default
                        );
                        await UntilAsync(() => ConfirmedAsync(bot, run));
                        clicked = watch.Elapsed - press;
                    })
                );
            }
        }

        await UntilAsync(() => Task.FromResult(Answers(workspace, people) - before >= Asked));
        var all = watch.Elapsed;
        await Task.WhenAll(under);
        return
        [
            Line.AtMost(Rows[0], clicked.TotalSeconds, "s", (1, 0.3), "from the press of the button"),
            Line.AtMost(Rows[1], all.TotalSeconds, "s", (8, 3), $"by {people.Count} people in turn"),
        ];
    }

    private static int Answers(Workspace workspace, IEnumerable<Person> people) =>
        people.Sum(p => workspace.Asides.Of(p.Id).Count);

    private static async Task<bool> ConfirmedAsync(NpgsqlDataSource bot, string run)
    {
        await using var command = bot.CreateCommand("select confirmed_at is not null from glancy.run where id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = long.Parse(run.AsSpan(2), CultureInfo.InvariantCulture) });
        return await command.ExecuteScalarAsync() is true;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException("It did not come about.");
            }

            await Task.Delay(Look);
        }
    }
}
