using System.Diagnostics.CodeAnalysis;

namespace Glancy.Slack.Blocks;

/// <summary>Limits that only all blocks together can break, and those of the place they stand in.</summary>
internal static class MessageBlocks
{
    [return: NotNullIfNotNull(nameof(blocks))]
    public static IReadOnlyList<Block>? Within(
        IReadOnlyList<Block>? blocks,
        BlockSurface surface = BlockSurface.Message
    )
    {
        if (blocks is null)
        {
            return null;
        }

        var tables = blocks.OfType<TableBlock>().ToList();
        Limits.Count(
            blocks.OfType<MarkdownBlock>().Sum(b => Limits.Length(b.Text)),
            0,
            Limits.Markdown,
            "markdown of all blocks"
        );
        Limits.Count(tables.Count, 0, Limits.Tables, "tables of all blocks");
        Limits.Count(blocks.OfType<PlanBlock>().Count(), 0, Limits.Plans, "plans of all blocks");
        Limits.Count(tables.Sum(t => t.Characters), 0, Limits.TableCharacters, "cells of all tables");
        foreach (var stranger in blocks.Where(b => !BlockKinds.IsTaken(b, surface)).Select(BlockKinds.Of))
        {
            Limits.Count(1, 0, 0, $"{stranger} in a {surface.ToString().ToLowerInvariant()}");
        }

        foreach (var twice in blocks.Select(b => b.BlockId).OfType<string>().GroupBy(id => id, StringComparer.Ordinal))
        {
            Limits.Count(twice.Count(), 1, 1, "block_id " + twice.Key);
        }

        foreach (var actions in blocks.OfType<ActionsBlock>())
        {
            foreach (var twice in actions.Elements.GroupBy(e => e.ActionId, StringComparer.Ordinal))
            {
                Limits.Count(twice.Count(), 1, 1, "action_id " + twice.Key);
            }
        }

        return surface == BlockSurface.Message
            ? Limits.Items(blocks, Limits.MessageBlocks, "message.blocks", least: 0)
            : Limits.Items(blocks, Limits.ViewBlocks, "view.blocks");
    }
}
