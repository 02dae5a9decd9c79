using System.Net;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bench;

/// <summary>
/// Signed commands as fast as they are answered, from another process, at the bot, at a bare endpoint with the same
/// row, and at Slack's own framework, in turn.
/// </summary>
internal static class Acknowledgement
{
    public static readonly string[] Rows =
    [
        "signed `/glancy hk` acknowledged (written down first), against a bare endpoint with the same HMAC and row",
        "the same, against Slack's Bolt 5.1.0, which writes nothing down",
    ];

    private const int Rounds = 3;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(3);

    public static Uri Door(World world) =>
        new("http://" + world.Slack.Settings("a")["Slack__Listen"] + "/slack/commands");

    /// <summary>How many deliveries are written down.</summary>
    public static Task<long> RowsAsync(World world) =>
        Bench.CountAsync(world.Databases.BotRuntime, "select count(*) from glancy.slack_inbox");

    /// <summary>
    /// What was acknowledged is worked on as well; that must not be counted into somebody else's round. Left-over rows
    /// are the bench's own.
    /// </summary>
    public static async Task IdleAsync(World world)
    {
        await using var source = NpgsqlDataSource.Create(world.Databases.BotRuntime);
        await using var command = source.CreateCommand(
            "update glancy.slack_inbox set finished_at = now(), raw_body = '' where finished_at is null "
                + "and owner is null"
        );
        await command.ExecuteNonQueryAsync();

        // Hundreds of thousands of rows that changed at once are nobody's day; the server cleans up within minutes.
        await using var owner = NpgsqlDataSource.Create(world.Databases.BotMigrator);
        await using var vacuum = owner.CreateCommand("vacuum analyze glancy.slack_inbox");
        await vacuum.ExecuteNonQueryAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    public static async Task<IReadOnlyList<Line>> MeasureAsync(World world, string folder, TimeSpan time)
    {
        var (bareAt, boltAt, secret) = (LoopbackPort.Free(), LoopbackPort.Free(), world.Slack.SigningSecret);
        await using var bare = await Child.StartAsync(
            bareAt,
            "bare",
            Child.Listen(bareAt),
            secret,
            world.Databases.BotRuntime
        );
        await using var bolt = await Bolt.StartAsync(Path.Combine(folder, "bolt"), boltAt, secret);
        Contender[] all =
        [
            new("the bot", Door(world), 1),
            new("bare", Child.Address(bareAt, "/slack/commands"), 1),
            new("Bolt", Child.Address(boltAt, "/slack/commands"), 0),
        ];
        var signed = new Signed(world.Slack.Settings("a")["Slack__TeamId"], secret);
        var file = Path.Combine(folder, "signed");
        foreach (var contender in all)
        {
            await TryAsync(contender, signed);
            await IdleAsync(world);
            contender.Rate = (await RoundAsync(world, contender, signed, file, Warm, 60_000)).PerSecond;
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in all)
            {
                await IdleAsync(world);
                // As many as it can send, and as many again.
                var enough = 20_000 + (int)(2 * contender.Rate * time.TotalSeconds);
                contender.Seen.Add(await RoundAsync(world, contender, signed, file, time, enough));
            }
        }

        File.Delete(file);
        await IdleAsync(world);
        var (bot, least, framework) = (all[0].Median, all[1].Median, all[2].Median);
        var refused = all[0].Seen.Sum(s => s.Refused);
        return
        [
            Line.AtLeast(Rows[0], bot / least, "x", (1.5, 3), $"{bot:0} : {least:0} a second; {refused} refused"),
            Line.AtLeast(Rows[1], bot / framework, "x", (2, 3), $"{bot:0} : {framework:0} a second"),
        ];
    }

    private static async Task<Wrk> RoundAsync(
        World world,
        Contender contender,
        Signed signed,
        string file,
        TimeSpan time,
        int count
    )
    {
        signed.Write(file, count);
        var before = await RowsAsync(world);
        var seen = await Wrk.RunAsync(contender.Door, file, time);
        var rows = await RowsAsync(world) - before;
        // What was under way at the end is written down and was not counted any more.
        var least = contender.Rows * (seen.Requests - seen.Refused);
        return rows >= least && rows <= least + (contender.Rows * Wrk.Connections)
            ? seen
            : throw new InvalidOperationException(
                $"{contender.Name} answered {seen.Requests} and refused {seen.Refused}, and wrote {rows} rows."
            );
    }

    // The right answer is 200 with nothing in it.
    private static async Task TryAsync(Contender contender, Signed signed)
    {
        using var http = new HttpClient();
        using var request = signed.Request(contender.Door);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if (response.StatusCode != HttpStatusCode.OK || body.Length > 0)
        {
            throw new InvalidOperationException($"{contender.Name} answers {response.StatusCode}: {body}");
        }
    }

    private sealed record Contender(string Name, Uri Door, int Rows)
    {
        public double Rate { get; set; }

        public List<Wrk> Seen { get; } = [];

        public double Median => Bench.Median(Seen.Select(s => s.PerSecond));
    }
}
