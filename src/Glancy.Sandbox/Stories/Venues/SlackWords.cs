using System.Text.Json;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Stories.Venues;

/// <summary>What a message says, line by line, as the transcript of a story shows it.</summary>
internal static class SlackWords
{
    /// <param name="text">What stands in for the blocks where there are none.</param>
    public static IReadOnlyList<string> Lines(string text, JsonElement? blocks) =>
        [
            .. (
                blocks is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().SelectMany(Of) : [text]
            ).SelectMany(l => Plain(l).Split('\n')),
        ];

    private static IEnumerable<string> Of(JsonElement block) =>
        block.Text("type") switch
        {
            "actions" => block.Items("elements").Select(Button),
            "context" => block.Items("elements").Select(e => e.Text("text") ?? ""),
            "image" => [$"({block.Text("alt_text")})"],
            _ => new[] { block.Member("text") }
                .Concat(block.Items("fields").Select(f => (JsonElement?)f))
                .OfType<JsonElement>()
                .Select(t => t.Text("text") ?? ""),
        };

    private static string Button(JsonElement button) =>
        $"[{button.Member("text")?.Text("text")}]  /{button.Text("value")}";

    // The last one undoes what was done first.
    private static string Plain(string text) =>
        text.Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);
}
