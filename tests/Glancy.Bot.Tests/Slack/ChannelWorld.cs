using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Blocks;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bot.Tests.Slack;

/// <summary>A sandbox world with its Slack, the bot installed, and ways to look at the channel as people do.</summary>
public sealed class ChannelWorld : IAsyncLifetime
{
    public const string Lin = "ULIN00000";
    public const string Wu = "UWU000000";
    public const string Mei = "UMEI00000";
    public const string Olga = "UOLGA0000";

    /// <summary>With which PagerDuty would sign.</summary>
    public const string PagerSecret = "0123456789abcdef0123456789abcdef";

    private readonly string folder = PrivateFolder.CreateTemporary("glancy-channel");
    private World? world;
    private NpgsqlDataSource? bot;

    public Beginning Beginning { get; init; } = Beginning.BadRelease;

    /// <summary>Whether there is an Alertmanager, that tells replica a.</summary>
    public bool Alerts { get; init; }

    public World World => world ?? throw new InvalidOperationException("The world is not up yet.");

    public Workspace Workspace => World.Slack.Workspace;

    /// <summary>What stands in the channel and its threads.</summary>
    public IReadOnlyList<Message> Messages =>
        [.. Workspace.Board.All.Where(m => m.Channel == Team.OpsChannel && m.BotId is not null)];

    public async ValueTask InitializeAsync()
    {
        world = await World.StartAsync(
            new WorldOptions(Path.Combine(folder, "world"))
            {
                Root = Root(),
                Brief = true,
                Slack = true,
                Alerts = Alerts,
                Beginning = Beginning,
                Past = TimeSpan.FromMinutes(30),
                RollbackTakes = TimeSpan.FromSeconds(1),
                BotEnvironment = new Dictionary<string, string>
                {
                    ["Glancy__Pager__WebhookSecret"] = PagerSecret,
                    ["Glancy__RowLease"] = "00:00:02",
                    ["Glancy__WakeInterval"] = "00:00:00.300",
                    ["Glancy__Bastion__ConnectTimeout"] = "00:00:15",
                    ["Slack__WorkWithin"] = "00:00:08",
                    ["Slack__PostLease"] = "00:00:06",
                    ["Slack__RefusedPause"] = "00:00:01",
                    ["Slack__ChartWithin"] = "00:00:07",
                    ["Slack__AttemptTimeout"] = "00:00:02",
                    ["Slack__CallDeadline"] = "00:00:03",
                    ["Slack__PresenceInterval"] = "00:00:05",
                    ["Slack__RetryDelay"] = "00:00:00.200",
                },
            },
            null,
            CancellationToken.None
        );
        bot = NpgsqlDataSource.Create(World.Databases.BotMigrator);
        await World.StartReplicaAsync("a", CancellationToken.None);
        await World.StartReplicaAsync("b", CancellationToken.None);
        await World.SettleAsync(CancellationToken.None);
    }

    /// <summary>The card of what the bot drafted by itself.</summary>
    public async Task<Message> CardAsync(CancellationToken cancellationToken)
    {
        await Wait.UntilAsync(() => Cards.Count > 0, "the draft's card is posted", cancellationToken);
        return Assert.Single(Cards);
    }

    /// <summary>Cards of the bot's own drafts.</summary>
    public IReadOnlyList<Message> Cards => [.. Messages.Where(m => Key(m).Split(':') is ["episode", _])];

    /// <summary>Messages whose notice key begins so.</summary>
    public IReadOnlyList<Message> Carrying(string key) =>
        [.. Messages.Where(m => Key(m).StartsWith(key, StringComparison.Ordinal))];

    /// <summary>
    /// Presses the button of a message that says this command, as Slack's page would: in the message as it stands by
    /// now.
    /// </summary>
    public async Task PressAsync(string person, Message message, string command, CancellationToken cancellationToken)
    {
        var blocks = (Workspace.Board.Find(message.Channel, message.Ts) ?? message).Blocks;
        var offer =
            Button(blocks, command)
            ?? throw new InvalidOperationException($"{message.Ts} has no button for {command}: {blocks?.Said()}");
        await Workspace.PressAsync(
            person,
            new Place.InMessage(message.Channel, message.Ts),
            offer.BlockId,
            offer.ActionId,
            offer.Choice,
            null,
            cancellationToken
        );
    }

    /// <summary>What both replicas have logged so far: lines of JSON.</summary>
    public IReadOnlyList<string> Logged() => [.. World.Replicas.SelectMany(r => File.ReadAllLines(r.Place.Log))];

    public Task SayAsync(string person, string text, CancellationToken cancellationToken) =>
        Workspace.SayAsync(person, Team.OpsChannel, text, null, cancellationToken);

    /// <summary>What only this person has been told, the newest last.</summary>
    public IReadOnlyList<string> Told(string person) =>
        [.. Workspace.Asides.Of(person).Select(e => e.Text + (e.Blocks?.Said() ?? ""))];

    /// <summary>
    /// Waits until the person has been told something more than this many times, and gives the newest.
    /// </summary>
    public async Task<string> AnswerAsync(string person, int after, CancellationToken cancellationToken)
    {
        await Wait.UntilAsync(() => Told(person).Count > after, $"{person} is answered", cancellationToken);
        return Told(person)[^1];
    }

    /// <summary>The database was away: no connection from before it is any good.</summary>
    public void ForgetConnections() => bot?.Clear();

    public async Task<string> BotAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = (bot ?? throw new InvalidOperationException("no database")).CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)
            ?? "";
    }

    /// <summary>Says something by itself, as the bot does: a row.</summary>
    public Task PutAsync(string kind, string key, string reason, CancellationToken cancellationToken) =>
        BotAsync(
            $$"""
            insert into glancy.notice (key, kind, at, template, arguments) values ('{{key}}', '{{kind}}', now(),
              'freeze-by-person', '{"person": "lin", "reason": "{{reason}}"}')
            on conflict (key) do update set arguments = excluded.arguments, revision = glancy.notice.revision + 1
            returning id
            """,
            cancellationToken
        );

    /// <summary>Both replicas are told to die there; whoever gets there first does, and comes back.</summary>
    /// <param name="again">Where the other one dies then; null for nowhere.</param>
    public async Task KillingAsync(
        string transition,
        Func<Task> deed,
        string? again,
        CancellationToken cancellationToken
    )
    {
        foreach (var id in new[] { "a", "b" })
        {
            World.KillAt(id, transition);
        }

        ArgumentNullException.ThrowIfNull(deed);
        await deed();
        await Wait.UntilAsync(
            () => World.Replicas.Any(r => !r.IsAlive),
            $"one dies at {transition}",
            cancellationToken
        );
        if (again is not null)
        {
            foreach (var alive in World.Replicas.Where(r => r.IsAlive))
            {
                World.KillAt(alive.Place.Id, again);
            }

            await Wait.UntilAsync(
                () => World.Replicas.All(r => !r.IsAlive),
                $"the other dies at {again}",
                cancellationToken
            );
        }

        foreach (var id in new[] { "a", "b" })
        {
            File.Delete(World.Folder.Replica(id).KillFile);
            if (!World.Replicas.Single(r => r.Place.Id == id).IsAlive)
            {
                await World.StartReplicaAsync(id, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (bot is not null)
        {
            await bot.DisposeAsync();
        }

        if (world is not null)
        {
            await world.DisposeAsync();
        }

        PrivateFolder.Delete(folder);
    }

    private static string Key(Message message) =>
        message.Metadata is { } metadata
        && metadata.TryGetProperty("event_payload", out var payload)
        && payload.TryGetProperty("key", out var key)
            ? key.GetString() ?? ""
            : "";

    /// <summary>The picture of a card; null when it has none.</summary>
    public static JsonElement? Picture(Message card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return
            card.Blocks is { } blocks
            && blocks.EnumerateArray().FirstOrDefault(b => b.GetProperty("type").GetString() == "image")
                is { ValueKind: JsonValueKind.Object } picture
            ? picture
            : null;
    }

    /// <summary>Where the button for a command is; null when there is none.</summary>
    internal static Offer? Button(JsonElement? blocks, string command) =>
        BlockSearch
            .Offers(blocks)
            .FirstOrDefault(offer => offer.Value.StartsWith("glancy " + command, StringComparison.Ordinal));

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "/", "..", "..", ".."));
}
