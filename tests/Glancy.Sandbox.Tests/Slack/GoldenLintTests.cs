using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>
/// The messages and forms that the bot's goldens pin, sent to the sandbox's Slack, whose reading of Slack's limits
/// shares no code with the bot: nothing is too long, and no text has an effect that its author did not mean.
/// </summary>
public sealed partial class GoldenLintTests(SlackHouse house) : IClassFixture<SlackHouse>
{
    // chat.update takes less than chat.postMessage, and every message may have to be updated.
    private const int UpdatedText = 4_000;
    private static readonly string Tests = Path.Combine(Repository.Root, "tests", "Glancy.Bot.Commands.Tests");
    private static readonly string Here = Path.Combine("Slack", "goldens");

    public static TheoryData<string> Goldens =>
        [
            .. Directory
                .GetFiles(Tests, "*.json", SearchOption.AllDirectories)
                .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "goldens")
                .Select(f => Path.GetRelativePath(Tests, f))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A golden, what is done to it, and what has to be found.</summary>
    public static TheoryData<string, string, string, string> Broken =>
        new()
        {
            {
                "card-aborted.zh-CN.json",
                "/blocks/header/text/text",
                new string('字', 151),
                "must be less than 151 characters"
            },
            {
                "card-draft.zh-CN.json",
                "/blocks/section/text/text",
                new string('字', 3001),
                "must be less than 3001 characters"
            },
            {
                "card-draft.en-US.json",
                "/blocks/actions/elements/0/value",
                new string('x', 2001),
                "must be less than 2001 characters"
            },
            {
                "card-draft.en-US.json",
                "/blocks/actions/elements/0/text/text",
                new string('x', 76),
                "must be less than 76 characters"
            },
            {
                "card-draft.en-US.json",
                "/blocks/actions/elements/0/confirm/deny/text",
                new string('x', 31),
                "must be less than 31 characters"
            },
            {
                "card-draft.en-US.json",
                "/blocks/actions/elements/1/action_id",
                "say:0",
                "action_id `say:0` is already in use"
            },
            { "card-draft.en-US.json", "/blocks/actions/elements/0/style", "loud", "must be primary or danger" },
            { "card-draft.en-US.json", "/text", new string('x', 4001), "too long for chat.update" },
            { "ask-abort.zh-CN.json", "/title/text", new string('字', 25), "must be less than 25 characters" },
            { "ask-abort.en-US.json", "/private_metadata", new string('x', 3001), "must be less than 3001 characters" },
            { "post-hostile.en-US.json", "/text", "thawed: <!channel>", "active: <!channel>" },
            { "post-hostile.en-US.json", "/blocks/section/text/text", "thawed: <!here|here>", "active: <!here|here>" },
            {
                "post-hostile.en-US.json",
                "/blocks/section/text/text",
                "thawed: <!subteam^S1>",
                "active: <!subteam^S1>"
            },
            {
                "post-hostile.en-US.json",
                "/blocks/section/text/text",
                "thawed: <https://evil.example|click>",
                "active: <https://evil.example|click>"
            },
            {
                "post-hostile.en-US.json",
                "/blocks/section/text/text",
                "thawed: <tel:+8613900000000|click>",
                "active: <tel:+8613900000000|click>"
            },
            { "post-hostile.en-US.json", "/blocks/section/text/text", "thawed: <@UMEI00000>", "active: <@UMEI00000>" },
            { "card-succeeded.en-US.json", "/blocks/section/text/text", "Why: <@UMEI00000>", "active: <@UMEI00000>" },
            { "card-draft-chart.en-US.json", "/blocks/image/slack_file/id", "F0NOBODYS", "invalid slack file" },
            {
                "card-draft-chart.en-US.json",
                "/blocks/image/alt_text",
                new string('x', 2001),
                "must be less than 2001 characters"
            },
            { "page.en-US.json", "/blocks/section/text/verbatim", "", "not verbatim" },
        };

    [Theory]
    [MemberData(nameof(Goldens))]
    public async Task A_golden_is_within_Slacks_limits_and_nothing_in_it_is_active(string golden) =>
        Assert.Empty(await FaultsAsync(golden, await PicturedAsync(Read(golden))));

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_wrong_with_a_golden_is_found(string golden, string at, string becomes, string found)
    {
        golden = Path.Combine(Here, golden);
        var json = Read(golden);
        var path = at.Split('/');
        var owner = path[1..^1]
            .Aggregate(
                json,
                (node, part) => Inside(node, part) ?? throw new ArgumentException($"{golden} has no {at} any more.")
            );
        Assert.NotNull(owner[path[^1]]);
        owner[path[^1]] = becomes;

        Assert.Contains(found, string.Join('\n', await FaultsAsync(golden, json)), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_goldens_of_every_kind_in_both_languages()
    {
        var states = Goldens
            .Select(row => row.Data)
            .GroupBy(name => Regex.Replace(name, @"\.(zh-CN|en-US)\.json$", ""))
            .ToList();

        Assert.All(states, state => Assert.Equal(2, state.Count()));
        Assert.InRange(
            states.Count(s => s.Key.StartsWith(Path.Combine(Here, "card-"), StringComparison.Ordinal)),
            12,
            100
        );
        Assert.InRange(states.Count(s => s.Key.EndsWith(".slack", StringComparison.Ordinal)), 6, 100);
    }

    // In a list, its first item of a type, or one by its number.
    private static JsonNode? Inside(JsonNode node, string part) =>
        node is not JsonArray list ? node[part]
        : int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var number) ? list[number]
        : list.FirstOrDefault(item => item?["type"]?.ToString() == part);

    private static JsonNode Read(string golden) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Tests, golden))) ?? throw new InvalidDataException(golden);

    // A picture is shown by the id that Slack gave it, when Slack has looked at it.
    private async Task<JsonNode> PicturedAsync(JsonNode json)
    {
        if (
            (json["blocks"] as JsonArray)?.FirstOrDefault(b => b?["slack_file"] is not null)?["slack_file"]
            is not { } shown
        )
        {
            return json;
        }

        var ticket = await house.FormAsync("files.getUploadURLExternal", ("filename", "chart.png"), ("length", "1"));
        var id = ticket.GetProperty("file_id").GetString();
        using var http = new HttpClient();
        using var sent = await http.PostAsync(
            new Uri(ticket.GetProperty("upload_url").GetString() ?? ""),
            new ByteArrayContent([0]),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            "ok",
            await house.ErrorAsync("files.completeUploadExternal", new { files = new[] { new { id } } })
        );
        house.Clock.Advance(TimeSpan.FromSeconds(5));
        shown["id"] = id;
        return json;
    }

    private async Task<List<string>> FaultsAsync(string golden, JsonNode json)
    {
        var form = json["type"]?.ToString() == "modal";
        var text = json["text"]?.ToString() ?? "";
        var answer = form
            ? await house.CallAsync("views.open", new { trigger_id = "1.1.1", view = json })
            : await house.CallAsync(
                "chat.postMessage",
                new
                {
                    channel = Team.OpsChannel,
                    text,
                    blocks = json["blocks"],
                }
            );

        // Nobody did anything, so a form without fault ends at its trigger.
        var error = answer.TryGetProperty("error", out var code) ? code.GetString() : null;
        var faults = error == (form ? "invalid_trigger_id" : null) ? [] : Messages(answer, error);
        if (text.EnumerateRunes().Count() > UpdatedText)
        {
            faults.Add("too long for chat.update");
        }

        return [.. faults, .. Active(WithoutCall(golden, json))];
    }

    private static List<string> Messages(JsonElement answer, string? error) =>
        [
            $"{error}",
            .. answer.TryGetProperty("response_metadata", out var more)
            && more.TryGetProperty("messages", out var messages)
                ? messages.EnumerateArray().Select(m => $"{m.GetString()}")
                : [],
        ];

    // Only a card and a page call people: by their ids, on the line at the top, which the first block begins with as
    // well.
    private static JsonNode WithoutCall(string golden, JsonNode json)
    {
        var top = ((json["blocks"] as JsonArray)?.FirstOrDefault()?["text"]?["text"]?.ToString() ?? "").Split('\n')[0];
        if (
            !Calling().IsMatch(golden)
            || !Call().IsMatch(top)
            || json["text"]?.ToString().StartsWith(top + "\n", StringComparison.Ordinal) != true
        )
        {
            return json;
        }

        return JsonNode.Parse(
                json.ToJsonString().Replace(JsonSerializer.Serialize(top)[1..^1], "", StringComparison.Ordinal)
            ) ?? json;
    }

    private static IEnumerable<string> Active(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                return list.SelectMany(item => Active(item));
            case JsonObject found when found["type"]?.ToString() == "plain_text":
                // Slack reads no sign in it.
                return [];
            case JsonObject found:
                var faults = found
                    .Where(m => m.Key is not ("value" or "private_metadata"))
                    .SelectMany(member => Active(member.Value));
                return found["type"]?.ToString() == "mrkdwn" && found["verbatim"]?.ToJsonString() != "true"
                    ? faults.Append("not verbatim: Slack would make links and mentions of bare words")
                    : faults;
            case JsonValue value when value.TryGetValue<string>(out var text):
                return Sign().Matches(text).Where(m => !Ours().IsMatch(m.Value)).Select(m => "active: " + m.Value);
            default:
                return [];
        }
    }

    // Slack's own: <@U1>, <#C1>, <!channel>, <https://x|y>.
    [GeneratedRegex("<[^<>\n]*>?")]
    private static partial Regex Sign();

    // What is meant to lead somewhere: a telephone that reads as itself, and a message of this Slack.
    [GeneratedRegex(@"^<(?:tel:(\+[0-9]+)\|\1|https://glancy\.slack\.com/archives/[A-Z0-9]+/p[0-9]+\|[^<>|]+)>$")]
    private static partial Regex Ours();

    [GeneratedRegex(@"^[^<>\n]+[:：] ?<@[A-Z0-9]+>( <@[A-Z0-9]+>)*$")]
    private static partial Regex Call();

    [GeneratedRegex("/goldens/(card-|page[.-])")]
    private static partial Regex Calling();
}
