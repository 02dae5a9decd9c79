using System.Text.Json;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Sandbox.Stories.Venues;

/// <summary>
/// The channel: whoever wants to say what a button says presses it, and fills in its form; everything else is typed as
/// a command.
/// </summary>
internal sealed class SlackVenue : IVenue
{
    // Nothing is followed line by line here: the card changes by itself.
    private static readonly string[] OfTerminals = ["--no-wait", "--follow"];
    private readonly Workspace workspace;
    private readonly Transcript transcript;

    /// <param name="cast">Their Slack speaks their language.</param>
    public SlackVenue(Workspace workspace, Cast cast, Transcript transcript)
    {
        this.workspace = workspace;
        this.transcript = transcript;
        foreach (var player in (Player[])[cast.First, cast.Second, cast.Sleeper, cast.Outsider])
        {
            workspace.Members.Add(Member(player) with { Locale = player.Language == "zh" ? "zh-CN" : "en-US" });
        }
    }

    /// <inheritdoc/>
    public async Task<Answered> SayAsync(
        Player person,
        IReadOnlyList<string> words,
        bool beside,
        CancellationToken cancellationToken
    )
    {
        var member = Member(person).Id;
        IReadOnlyList<string> line = [.. words.Where(w => !OfTerminals.Contains(w))];
        var before = Told(member).Count;
        if (SlackButtons.Find(Posted, line) is { } button)
        {
            await PressAsync(person, member, button, cancellationToken);
        }
        else
        {
            transcript.Says(person.Id, line);
            await workspace.SayAsync(
                member,
                Team.OpsChannel,
                string.Join(' ', line.Select(Transcript.Quoted).Prepend(Team.Command)),
                null,
                cancellationToken
            );
        }

        if (!await Patience.UntilAsync(() => Told(member).Count > before, cancellationToken))
        {
            throw new StoryCutException($"{person.Id} is not answered: {string.Join(' ', line)}");
        }

        if (words.Contains("--follow"))
        {
            // Who reads along sees the card come to its end.
            var run = words[^2];
            await Patience.UntilAsync(
                () => Card(run) is { } card && !SlackButtons.Offered(card).Any(),
                cancellationToken
            );
        }

        var lines = Told(member)[before..].SelectMany(e => SlackWords.Lines(e.Text, e.Blocks)).ToList();
        foreach (var one in lines)
        {
            transcript.Answered(one, beside ? person.Id : null);
        }

        return new Answered(Exit(lines), string.Join('\n', lines));
    }

    /// <summary>
    /// Each notice is one message in its newest state, no old button is left, and Slack has refused nothing.
    /// </summary>
    public async Task EndAsync(Stage stage, CancellationToken cancellationToken)
    {
        transcript.Scene("The channel");
        var who = stage.Cast.First;
        var notices = default(JsonElement);
        var whole = await Stage.BecomesAsync(
            async () =>
            {
                notices = await stage.DataAsync(who, cancellationToken, "notices", "--limit", "200");
                return Public(notices).Order().SequenceEqual(Posted.Select(Posts.KeyOf).Order());
            },
            cancellationToken
        );
        transcript.Claim(
            whole,
            "every notice stands there once",
            $"{string.Join(", ", Public(notices).Except(Posted.Select(Posts.KeyOf)))} missing, {Posted.Count} messages"
        );
        var open = (await stage.DataAsync(who, cancellationToken, "run", "list"))
            .List("runs")
            .Select(r => r.Text("run"))
            .ToHashSet();
        var over = await Stage.BecomesAsync(() => Task.FromResult(Stale(open).Count == 0), cancellationToken);
        transcript.Claim(over, "no message offers to confirm what is over", string.Join(", ", Stale(open)));
        foreach (var message in Posted)
        {
            transcript.Answered(
                (message.IsAnswer ? "  in the thread: " : "") + SlackWords.Lines(message.Text, null)[^1]
            );
        }
    }

    private IReadOnlyList<Message> Posted => Posts.In(workspace);

    // What is written to one person is not in the channel.
    private static IEnumerable<string> Public(JsonElement notices) =>
        notices.List("notices").Where(n => n.Text("kind") != "direct").Select(n => n.Text("key"));

    private async Task PressAsync(Player person, string member, SlackButton button, CancellationToken cancellationToken)
    {
        transcript.Happens($"{person.Id} presses [{button.Offer.Label}]");
        var open = workspace.Screens.ModalsOf(member).Count;
        await workspace.PressAsync(
            member,
            button.Place,
            button.Offer.BlockId,
            button.Offer.ActionId,
            button.Offer.Choice,
            null,
            cancellationToken
        );
        if (button.Blanks.Count == 0)
        {
            return;
        }

        if (!await Patience.UntilAsync(() => workspace.Screens.ModalsOf(member).Count > open, cancellationToken))
        {
            throw new StoryCutException($"no form opens for [{button.Offer.Label}]");
        }

        var view = workspace.Screens.ModalsOf(member)[^1];
        transcript.Happens(
            $"{person.Id} fills in {string.Join(", ", button.Blanks.Select(b => $"{b.Key}: {b.Value}"))}"
        );
        var values = BlockSearch
            .All(view.Content.Member("blocks"))
            .Select(p => (Block: p.Block.Text("block_id") ?? "", Action: p.Element.Text("action_id") ?? ""))
            .Where(p => button.Blanks.ContainsKey(p.Block))
            .ToDictionary(
                p => p.Block,
                p => new Dictionary<string, object>
                {
                    [p.Action] = new { type = "plain_text_input", value = button.Blanks[p.Block] },
                }
            );
        await workspace.SubmitAsync(member, view.Id, SlackWire.Element(values), cancellationToken);
    }

    private Person Member(Player player) => workspace.Members.People.Single(p => p.Login == player.Id);

    private List<Ephemeral> Told(string member) => [.. workspace.Asides.Of(member).Where(e => e.From != Team.Slackbot)];

    private Message? Card(string run) =>
        Posted.LastOrDefault(m =>
            Posts.KeyOf(m).Split(':')[0] is "run" or "episode"
            && SlackWords.Lines(m.Text, null)[^1].StartsWith(run + " ", StringComparison.Ordinal)
        );

    // Confirmations of runs that are not open any more.
    private List<string> Stale(HashSet<string> open) =>
        [
            .. Posted
                .SelectMany(SlackButtons.Offered)
                .Where(v => v.Split(' ') is [_, "run", "confirm", var run, ..] && !open.Contains(run)),
        ];

    // A person reads it in the sign at the beginning.
    private static int Exit(List<string> lines) =>
        lines.Count == 0
            ? 0
            : lines[0] switch
            {
                ['✗', ..] => 1,
                ['?', ..] => 3,
                _ => 0,
            };
}
