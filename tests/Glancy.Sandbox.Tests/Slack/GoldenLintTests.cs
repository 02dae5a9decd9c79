using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>
/// The messages and forms that the bot's goldens pin, judged by the sandbox's own reading of Slack's limits, which shares no code with the bot:
/// nothing is too long, and no text has an effect that its author did not mean.
/// </summary>
public sealed partial class GoldenLintTests
{
    // chat.update takes less than chat.postMessage, and every message may have to be updated.
    private const int MessageText = 4_000;
    private static readonly string Tests = Path.Combine(Repository.Root, "tests", "Glancy.Bot.Commands.Tests");
    private static readonly string Here = Path.Combine("Slack", "goldens");

    public static TheoryData<string> Goldens =>
        [.. Directory.GetFiles(Tests, "*.json", SearchOption.AllDirectories).Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "goldens").Select(f => Path.GetRelativePath(Tests, f)).Order(StringComparer.Ordinal)];

    /// <summary>A golden, what is done to it, and what has to be found.</summary>
    public static TheoryData<string, string, string, string> Broken => new()
    {
        { "card-draft.zh-CN.json", "/blocks/1/text/text", new string('字', 151), "must be less than 151 characters" },
        { "card-draft.zh-CN.json", "/blocks/2/text/text", new string('字', 3001), "must be less than 3001 characters" },
        { "card-draft.en-US.json", "/blocks/7/elements/0/value", new string('x', 2001), "must be less than 2001 characters" },
        { "card-draft.en-US.json", "/blocks/7/elements/0/text/text", new string('x', 76), "must be less than 76 characters" },
        { "card-draft.en-US.json", "/blocks/7/elements/0/confirm/deny/text", new string('x', 31), "must be less than 31 characters" },
        { "card-draft.en-US.json", "/blocks/7/elements/1/action_id", "say:0", "action_id `say:0` is already in use" },
        { "card-draft.en-US.json", "/blocks/7/elements/1/style", "loud", "must be primary or danger" },
        { "card-draft.en-US.json", "/text", new string('x', 4001), "must be less than 4001 characters" },
        { "ask-abort.zh-CN.json", "/title/text", new string('字', 25), "must be less than 25 characters" },
        { "ask-abort.en-US.json", "/private_metadata", new string('x', 3001), "must be less than 3001 characters" },
        { "post-hostile.en-US.json", "/text", "thawed: <!channel>", "active: <!channel>" },
        { "post-hostile.en-US.json", "/blocks/0/text/text", "thawed: <!here|here>", "active: <!here|here>" },
        { "post-hostile.en-US.json", "/blocks/0/text/text", "thawed: <!subteam^S1>", "active: <!subteam^S1>" },
        { "post-hostile.en-US.json", "/blocks/0/text/text", "thawed: <https://evil.example|click>", "active: <https://evil.example|click>" },
        { "post-hostile.en-US.json", "/blocks/0/text/text", "thawed: <@UMEI00000>", "active: <@UMEI00000>" },
        { "page.en-US.json", "/blocks/0/text/verbatim", "", "not verbatim" },
    };

    [Theory]
    [MemberData(nameof(Goldens))]
    public void A_golden_is_within_Slacks_limits_and_nothing_in_it_is_active(string golden) => Assert.Empty(Faults(golden, Read(golden)));

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_with_a_golden_is_found(string golden, string at, string becomes, string found)
    {
        golden = Path.Combine(Here, golden);
        var json = Read(golden);
        var path = at.Split('/');
        var owner = path[1..^1].Aggregate(json, (node, part) => (node is JsonArray ? node[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : node[part]) ?? throw new ArgumentException(at));
        Assert.True(owner is JsonObject known && known.ContainsKey(path[^1]), $"{golden} has no {at} any more.");
        owner[path[^1]] = becomes;

        Assert.Contains(found, string.Join('\n', Faults(golden, json)), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_goldens_of_every_kind_in_both_languages()
    {
        var states = Goldens.Select(row => row.Data).GroupBy(name => Regex.Replace(name, @"\.(zh-CN|en-US)\.json$", "")).ToList();

        Assert.All(states, state => Assert.Equal(2, state.Count()));
        Assert.InRange(states.Count(s => s.Key.StartsWith(Path.Combine(Here, "card-"), StringComparison.Ordinal)), 12, 100);
        Assert.InRange(states.Count(s => s.Key.EndsWith(".slack", StringComparison.Ordinal)), 6, 100);
    }

    private static JsonNode Read(string golden) => JsonNode.Parse(File.ReadAllText(Path.Combine(Tests, golden))) ?? throw new InvalidDataException(golden);

    private static List<string> Faults(string golden, JsonNode json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        var found = new Findings();
        if (json["type"]?.ToString() == "modal")
        {
            foreach (var fault in ViewCheck.Faults(document.RootElement, "modal"))
            {
                found.Add("", fault);
            }
        }
        else
        {
            found.Text(document.RootElement, "text", "", MessageText, required: true);
            BlockCheck.Look(document.RootElement, "", BlockCheck.InMessage, found);
        }

        foreach (var fault in Active(json, MayMention(golden)))
        {
            found.Add("", fault);
        }

        return [.. found.All];
    }

    // Only a card and a page call people, and those by their ids.
    private static bool MayMention(string golden) => golden.StartsWith(Path.Combine(Here, "card-"), StringComparison.Ordinal) || golden.StartsWith(Path.Combine(Here, "page"), StringComparison.Ordinal);

    private static IEnumerable<string> Active(JsonNode? node, bool mayMention)
    {
        switch (node)
        {
            case JsonArray list:
                return list.SelectMany(item => Active(item, mayMention));
            case JsonObject found when found["type"]?.ToString() == "plain_text":
                // Slack reads no sign in it.
                return [];
            case JsonObject found:
                var faults = found.Where(m => m.Key is not ("value" or "private_metadata")).SelectMany(member => Active(member.Value, mayMention));
                return found["type"]?.ToString() == "mrkdwn" && found["verbatim"]?.ToJsonString() != "true"
                    ? faults.Append("not verbatim: Slack would make links and mentions of bare words")
                    : faults;
            case JsonValue value when value.TryGetValue<string>(out var text):
                return Sign().Matches(text).Select(m => m.Value).Where(sign => !(mayMention && Person().IsMatch(sign))).Select(sign => "active: " + sign);
            default:
                return [];
        }
    }

    // Slack's own: <@U1>, <#C1>, <!channel>, <https://x|y>.
    [GeneratedRegex("<[^<>\n]*>?")]
    private static partial Regex Sign();

    [GeneratedRegex("^<@[A-Z0-9]+>$")]
    private static partial Regex Person();
}
