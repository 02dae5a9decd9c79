using Glancy.Slack.Blocks;

namespace Glancy.Bot.Commands.Slack;

/// <summary>
/// Makes blocks fit a place that takes only so many. What is said first and everything that can be pressed stay, and so
/// does the small print at the end: what goes is the middle, from its end upwards.
/// </summary>
internal static class SlackFit
{
    /// <summary>
    /// Places that a message keeps free: for who is asked, the card before, the one it goes on with, and a picture.
    /// </summary>
    public const int Kept = 4;

    /// <summary>Rows of buttons beyond this many leave no room for what they are about.</summary>
    private const int Around = 3;

    /// <param name="lead">Which of the blocks says it all in a sentence.</param>
    /// <param name="missing">Says how many are missing; stands where the first of them stood.</param>
    public static List<Block> Into(IReadOnlyList<Block> blocks, int most, int lead, Func<int, Block> missing)
    {
        if (blocks.Count <= most)
        {
            return [.. blocks];
        }

        var stays = Staying(blocks, most - 1, lead);
        var fitting = new List<Block>();
        var said = false;
        foreach (var (block, at) in blocks.Select((block, at) => (block, at)))
        {
            if (stays.Contains(at))
            {
                fitting.Add(block);
            }
            else if (!said)
            {
                fitting.Add(missing(blocks.Count - stays.Count));
                said = true;
            }
        }

        return fitting;
    }

    /// <summary>The same for what was made to fit before: as many as there is room for, and nothing is said.</summary>
    public static IReadOnlyList<Block> Into(IReadOnlyList<Block> blocks, int most)
    {
        var stays = Staying(blocks, most, 0);
        return [.. blocks.Where((_, at) => stays.Contains(at))];
    }

    // What is pressed in earnest goes over what only shows something.
    private static HashSet<int> Staying(IReadOnlyList<Block> blocks, int most, int lead)
    {
        var places = Enumerable.Range(0, blocks.Count).ToList();
        var foot = blocks is [.., ContextBlock] ? blocks.Count - 1 : lead;
        var pressed = places
            .Where(at => blocks[at] is ActionsBlock)
            .OrderByDescending(at => Earnest(blocks[at]))
            .Take(Math.Max(most - Around, 0));
        return
        [
            .. ((int[])[lead, foot])
                .Concat(pressed)
                .Concat(places.Where(at => blocks[at] is not ActionsBlock))
                .Where(at => at < blocks.Count)
                .Distinct()
                .Take(most),
        ];
    }

    private static bool Earnest(Block block) =>
        block is ActionsBlock row
        && row.Elements.OfType<Button>()
            .Any(b =>
                (b.Style, b.Confirm) is not (null, null)
                || b.ActionId.StartsWith(SlackPage.AskPrefix, StringComparison.Ordinal)
            );
}
