using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;

namespace Glancy.Ops.Kernel.Audit;

/// <summary>
/// Notes for each complete block of the trail which pieces of text it holds, so that a search for a text looks only
/// where it may be. Block n are the events from n * 512 + 1 on.
/// </summary>
internal sealed class AuditWords(BotDatabase database) : IRecurringJob
{
    /// <summary>Events of a block.</summary>
    public const int Of = 512;

    // A chain that is there already is caught up with in some hours; nobody has to wait for it.
    private const int AtOnce = 200;

    // Five say most: numbers have all threes in common.
    private static readonly int[] Lengths = [5, 3, 2];

    public string Name => "audit-words";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public Task GoAsync(CancellationToken cancellationToken) => GoAsync(AtOnce, cancellationToken);

    /// <summary>Notes up to so many blocks; how many there were to note.</summary>
    public async Task<int> GoAsync(int most, CancellationToken cancellationToken)
    {
        var places = await database.QueryAsync<long>(
            """
            select coalesce((select max(block) + 1 from glancy.audit_words), 0)
            union all select coalesce((select max(seq) from glancy.audit), 0)
            """,
            null,
            cancellationToken
        );
        var (next, complete) = (places[0], places[1] / Of);
        var blocks = 0;
        for (; blocks < most && next + blocks < complete; blocks++)
        {
            await NoteAsync(next + blocks, cancellationToken);
        }

        return blocks;
    }

    /// <summary>The pieces of a text that there is something to find by; none when it is too short.</summary>
    public static HashSet<int> Sought(string? text)
    {
        var (grams, folded) = (new HashSet<int>(), Folded(text ?? ""));
        foreach (var length in Lengths)
        {
            if (grams.Count == 0)
            {
                Add(folded, length, grams);
            }
        }

        return grams;
    }

    /// <summary>The blocks among these that hold all the pieces, the newest first.</summary>
    public static Task<IReadOnlyList<long>> HoldingAsync(
        BotDatabase database,
        HashSet<int> grams,
        long first,
        long last,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async transaction =>
            {
                // Few rows that are long, kept elsewhere: what it costs to read them all, the planner does not see.
                await transaction.ExecuteAsync("set local enable_seqscan = off");
                return await transaction.QueryAsync<long>(
                    """
                    with may as materialized (select block from glancy.audit_words where grams @> @grams)
                    select block from may where block between @first and @last order by block desc
                    """,
                    new
                    {
                        grams = grams.ToArray(),
                        first,
                        last,
                    }
                );
            },
            cancellationToken
        );

    // All pieces of so many characters. Two of them only where one is none of ASCII's: in Chinese words are as short as
    // that, elsewhere everything holds them. Large and small letters are alike.
    private static void Add(ReadOnlySpan<char> text, int length, HashSet<int> grams)
    {
        for (var i = 0; i + length <= text.Length; i++)
        {
            var piece = text.Slice(i, length);
            if (length > 2 || piece.ContainsAnyExceptInRange('\0', '\x7f'))
            {
                grams.Add(HashCode(piece));
            }
        }
    }

    // The same in every process, and for ever: it is written down.
    private static int HashCode(ReadOnlySpan<char> piece)
    {
        unchecked
        {
            var mixed = (uint)piece.Length;
            foreach (var letter in piece)
            {
                mixed = (mixed ^ letter) * 0x9E3779B1;
                mixed ^= mixed >> 15;
            }

            // So many different ones that a block has few of them, and so few that each is in an index once.
            return (int)((mixed * 0x85EBCA77) >> 14);
        }
    }

    private static string Folded(string text) =>
        string.Create(
            text.Length,
            text,
            (folded, from) =>
            {
                for (var i = 0; i < from.Length; i++)
                {
                    folded[i] = Folded(from[i]);
                }
            }
        );

    // Letters of other alphabets have a large and a small form on which not everybody agrees; they are all one.
    private static char Folded(char letter) =>
        letter <= '\x7f' ? char.ToLowerInvariant(letter)
        : letter == '\u0130' ? 'i'
        : letter == '\u212a' ? 'k'
        : char.IsLower(letter)
        || char.IsUpper(letter)
        || char.ToLowerInvariant(letter) != letter
        || char.ToUpperInvariant(letter) != letter
            ? '\uffff'
        : letter;

    private async Task NoteAsync(long block, CancellationToken cancellationToken)
    {
        var texts = await database.QueryAsync<string>(
            "select document::text from glancy.audit where seq between @first and @last",
            new { first = block * Of + 1, last = (block + 1) * Of },
            cancellationToken
        );
        var grams = new HashSet<int>();
        foreach (var text in texts)
        {
            var folded = Folded(text);
            foreach (var length in Lengths)
            {
                Add(folded, length, grams);
            }
        }

        await database.ExecuteAsync(
            "insert into glancy.audit_words (block, grams) values (@block, @grams) on conflict do nothing",
            new { block, grams = grams.ToArray() },
            cancellationToken
        );
    }
}
