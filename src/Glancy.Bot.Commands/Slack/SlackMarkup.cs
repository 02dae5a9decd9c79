using System.Text;
using Glancy.Bot.Commands.Pages;
using Glancy.Slack.Blocks;

namespace Glancy.Bot.Commands.Slack;

/// <summary>A line of text as Slack reads it: tones as mark-up, lights in colour.</summary>
internal static class SlackMarkup
{
    private const string Command = "glancy ";

    /// <summary>Its words without mark-up, a light in place of its mark.</summary>
    public static string Said(Text text) => string.Concat(text.Spans.Select(s => Lit(s).Value));

    private static Span Lit(Span span) =>
        span.Signal != Signal.None && span.Value.Split(' ', 2) is [_, var word]
            ? span with
            {
                Value = $"{Light(span.Signal)} {word}",
            }
            : span;

    private static string Light(Signal signal) =>
        signal switch
        {
            Signal.Good => "🟢",
            Signal.Warn => "🟡",
            Signal.Bad => "🔴",
            _ => "⚪",
        };

    /// <summary>With mark-up; what comes from outside is escaped.</summary>
    /// <remarks>
    /// Neighbours of one tone that lead to one place are one piece: Slack reads a sign only at the edge of a word.
    /// </remarks>
    public static string Mark(Text text)
    {
        var marked = new StringBuilder();
        foreach (var piece in Pieces(text.Spans.Select(Lit)))
        {
            marked.Append(piece.Link is { } link ? SlackText.Link(link, piece.Value) : Mark(piece.Value, piece.Tone));
        }

        return marked.ToString();
    }

    private static IEnumerable<Span> Pieces(IEnumerable<Span> spans)
    {
        Span? open = null;
        foreach (var span in spans)
        {
            if (open is { } piece && piece.Tone == span.Tone && piece.Link == span.Link)
            {
                open = piece with { Value = piece.Value + span.Value };
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = span;
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    private static string Mark(string outside, Tone tone)
    {
        var value = SlackText.Escape(outside);
        return tone switch
        {
            Tone.Code when outside.Trim().Length > 0 => SlackText.Code(
                outside.StartsWith(Command, StringComparison.Ordinal) ? "/" + outside : outside
            ),
            Tone.Strong when value.Trim().Length > 0 && !value.Contains('*', StringComparison.Ordinal) => (
                value.StartsWith(' ') ? " " : ""
            )
                + $"*{value.Trim()}*"
                + (value.EndsWith(' ') ? " " : ""),
            _ => value,
        };
    }
}
