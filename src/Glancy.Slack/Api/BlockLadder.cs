using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Slack.Blocks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Slack.Api;

/// <summary>
/// One bad block refuses a whole message, and a message that is refused is seen by nobody. So: as it is; then with the
/// words of the blocks that Slack names; then the text alone. A refusal stores nothing, so trying again does nothing
/// twice.
/// </summary>
internal sealed partial class BlockLadder(IRefusedKinds kinds, IOptions<SlackOptions> options, ILogger<BlockLadder> log)
{
    private const string TooMuch = "msg_blocks_too";
    private readonly string? typed = options.Value.TypedBefore;

    /// <param name="sendAsync">Sends it with these blocks; refusals only, never doubts, are answered with another
    /// attempt.</param>
    /// <param name="lastAsync">Sends it without any of them; null where there is no such thing.</param>
    public async Task<SlackResult<T>> ClimbAsync<T>(
        string method,
        IReadOnlyList<Block> blocks,
        int most,
        Func<IReadOnlyList<Block>, Task<SlackResult<T>>> sendAsync,
        Func<Task<SlackResult<T>>>? lastAsync,
        CancellationToken cancellationToken
    )
    {
        var known = blocks.Any(BlockKinds.IsYoung) ? await kinds.KnownAsync(cancellationToken) : new HashSet<string>();
        var inWords = blocks.Where(b => known.Contains(BlockKinds.Of(b))).ToList();
        var shown = InWords(blocks, inWords, most);
        var result = await sendAsync(shown);
        if (Refusal(result) is not { } first)
        {
            return With(result, inWords);
        }

        var (bad, shallow) = Named(first, shown);
        Refused(
            log,
            method,
            first.Code,
            string.Join("; ", first.Details),
            string.Join(", ", bad.Select(BlockKinds.Of).Distinct())
        );
        if (bad.Any(b => b is InputBlock))
        {
            // A form that lacks a field is worse than none.
            return result;
        }

        // Too much in all, and no block to blame: the buttons in words would not make it shorter.
        var second =
            bad.Count > 1 && first.Code.StartsWith(TooMuch, StringComparison.Ordinal)
                ? Brief(shown)
                : InWords(shown, bad, most);
        if (!second.SequenceEqual(shown))
        {
            result = await sendAsync(second);
            if (Refusal(result) is not { } again)
            {
                await RememberAsync(shallow, result, cancellationToken);
                return With(result, [.. inWords, .. bad]);
            }

            Refused(log, method, again.Code, string.Join("; ", again.Details), "all");
        }

        return lastAsync is null ? result : With(await lastAsync(), blocks);
    }

    /// <summary>The words of all blocks, without mark-up; for a place that has no text beside its blocks.</summary>
    public string Plain(IReadOnlyList<Block> blocks) =>
        SlackText.Unescape(
            string.Join('\n', blocks.SelectMany(b => BlockWords.Of(b, typed)).Select(s => s.Text?.Text))
        );

    private List<Block> InWords(IReadOnlyList<Block> blocks, List<Block> which, int most)
    {
        var room = most - (blocks.Count - which.Count);
        var after = which.Count;
        var said = new List<Block>();
        foreach (var block in blocks)
        {
            if (which.All(b => !ReferenceEquals(b, block)))
            {
                said.Add(block);
                continue;
            }

            // What comes after it has a place of its own: a long table takes none of the buttons' words away.
            after--;
            var words = BlockWords.Of(block, typed).Take(Math.Max(room - after, 0)).ToList();
            room -= words.Count;
            said.AddRange(words);
        }

        return said;
    }

    // What it says first, and what can be pressed; a sign stands for the rest, which the text beside the blocks tells.
    private static List<Block> Brief(List<Block> shown) =>
        [.. shown.Take(1), new ContextBlock([new PlainText("…")]), .. shown.Skip(1).Where(b => b is ActionsBlock)];

    private async Task RememberAsync<T>(
        IReadOnlyList<Block> refused,
        SlackResult<T> result,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var kind in result is SlackOk<T> ? refused.Where(BlockKinds.IsYoung).Select(BlockKinds.Of).Distinct() : []
        )
        {
            if (await kinds.RememberAsync(kind, cancellationToken))
            {
                Unknown(log, kind);
            }
        }
    }

    // Which blocks it is about, and of which the kind itself may be what is refused. Without a pointer: the young ones,
    // else all.
    private static (List<Block> Bad, List<Block> Shallow) Named(SlackError error, List<Block> shown)
    {
        var pointed = error
            .Details.SelectMany(d => Pointer().Matches(d))
            .Select(m =>
                (
                    At: int.TryParse(
                        m.Groups["at"].ValueSpan,
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var at
                    )
                        ? at
                        : int.MaxValue,
                    Deep: m.Groups["deep"].Success
                )
            )
            .Where(p => p.At < shown.Count)
            .ToList();
        if (pointed.Count > 0)
        {
            return (
                [.. pointed.Select(p => shown[p.At]).Distinct(ReferenceEqualityComparer.Instance).Cast<Block>()],
                [.. pointed.Where(p => !p.Deep).Select(p => shown[p.At])]
            );
        }

        var young = shown.Where(BlockKinds.IsYoung).ToList();
        return young.Count > 0 ? (young, young) : ([.. shown.Where(b => b is not InputBlock)], []);
    }

    private static SlackError? Refusal<T>(SlackResult<T> result) =>
        result is SlackFailed<T> { Error: { Kind: SlackErrorKind.Refused } error }
        && (
            error.Code.StartsWith("invalid_blocks", StringComparison.Ordinal)
            || error.Code is "msg_blocks_too_long" or "msg_blocks_too_many" or "invalid_view"
            || (
                error.Code == "invalid_arguments"
                && error.Details.Any(d => d.Contains("/blocks", StringComparison.Ordinal))
            )
            || (
                error.Code.StartsWith("http_4", StringComparison.Ordinal)
                && error.Details.Any(d => d.Contains("invalid_blocks", StringComparison.Ordinal))
            )
        )
            ? error
            : null;

    private static SlackResult<T> With<T>(SlackResult<T> result, IReadOnlyList<Block> inWords) =>
        result is SlackOk<T> ok && inWords.Count > 0 ? ok with { InWords = inWords } : result;

    // The block itself or its type; or something deeper inside it.
    [GeneratedRegex(@"/blocks/(?<at>\d{1,4})(?!\d)(?<deep>/(?!type\b)[^\]\s]*)?")]
    private static partial Regex Pointer();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Method} was refused: {Code} {Details}; these go on in words: {Kinds}"
    )]
    private static partial void Refused(ILogger log, string method, string code, string details, string kinds);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "this workspace refuses blocks of kind {Kind}; for a day they are sent as words"
    )]
    private static partial void Unknown(ILogger log, string kind);
}
