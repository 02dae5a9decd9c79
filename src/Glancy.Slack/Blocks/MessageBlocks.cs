using System.Diagnostics.CodeAnalysis;

namespace Glancy.Slack.Blocks;

/// <summary>Limits that only all blocks together can break.</summary>
internal static class MessageBlocks
{
    [return: NotNullIfNotNull(nameof(blocks))]
    public static IReadOnlyList<Block>? Within(IReadOnlyList<Block>? blocks, int most, string limit, int least = 0)
    {
        if (blocks is null)
        {
            return null;
        }

        Limits.Count(blocks.OfType<MarkdownBlock>().Sum(b => Limits.Length(b.Text)), 0, Limits.Markdown, "markdown of all blocks");
        return Limits.Items(blocks, most, limit, least);
    }
}
