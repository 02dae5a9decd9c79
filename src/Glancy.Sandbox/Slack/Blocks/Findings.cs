using System.Globalization;
using System.Text.Json;

namespace Glancy.Sandbox.Slack.Blocks;

/// <summary>What is wrong with a tree of JSON, in Slack's options: what, and where by a JSON pointer.</summary>
internal sealed class Findings
{
    private readonly List<string> all = [];

    public IReadOnlyList<string> All => all;

    public void Add(string at, string what) => all.Add($"[ERROR] {what} [json-pointer:{at}]");

    /// <summary>A text that may be so many code points long.</summary>
    public void Text(JsonElement owner, string name, string at, int most, bool required = false, int least = 1)
    {
        if (owner.Member(name) is not { } value)
        {
            if (required)
            {
                Add(at, $"missing required field: {name}");
            }

            return;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Add($"{at}/{name}", "must be a string");
        }
        else
        {
            Within(Length(value.GetString() ?? ""), $"{at}/{name}", least, most, "characters");
        }
    }

    /// <summary>A text object.</summary>
    public void TextObject(
        JsonElement owner,
        string name,
        string at,
        int most,
        bool required = false,
        bool plain = true
    )
    {
        if (owner.Member(name) is { } value)
        {
            TextObject(value, $"{at}/{name}", most, plain);
        }
        else if (required)
        {
            Add(at, $"missing required field: {name}");
        }
    }

    public void TextObject(JsonElement value, string at, int most, bool plain)
    {
        if (value.Text("type") is not ("plain_text" or "mrkdwn"))
        {
            Add(at, "must be a text object with type plain_text or mrkdwn");
        }
        else if (plain && value.Text("type") != "plain_text")
        {
            Add($"{at}/type", "must be plain_text");
        }
        else
        {
            Text(value, "text", at, most, required: true);
        }
    }

    /// <summary>The items of a list of bounded length, each with its pointer.</summary>
    public IReadOnlyList<(JsonElement Item, string At)> List(
        JsonElement owner,
        string name,
        string at,
        int most,
        bool required = true,
        int least = 1
    )
    {
        if (owner.Member(name) is not { ValueKind: JsonValueKind.Array } list)
        {
            if (required || owner.Member(name) is not null)
            {
                Add(at, owner.Member(name) is null ? $"missing required field: {name}" : $"{name} must be an array");
            }

            return [];
        }

        Within(list.GetArrayLength(), $"{at}/{name}", least, most, "items");
        return
        [
            .. list.EnumerateArray()
                .Select((item, i) => (item, string.Create(CultureInfo.InvariantCulture, $"{at}/{name}/{i}"))),
        ];
    }

    private void Within(int count, string at, int least, int most, string what)
    {
        if (count > most)
        {
            Add(at, string.Create(CultureInfo.InvariantCulture, $"must be less than {most + 1} {what}"));
        }
        else if (count < least)
        {
            Add(at, string.Create(CultureInfo.InvariantCulture, $"must be more than {least - 1} {what}"));
        }
    }

    // Code points; a lone surrogate counts as one.
    public static int Length(string text) => text.EnumerateRunes().Count();
}
