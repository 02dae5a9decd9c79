using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Glancy.Ops.Kernel.Database;
using Npgsql;

namespace Glancy.Ops.Kernel.Audit;

/// <summary>
/// Walks the whole chain, a page of numbers at a time and several pages at once, all of them as of one moment. A page
/// is held against the row before it, so that pages say together what one walk would.
/// </summary>
internal sealed class AuditWalk(BotDatabase database, IReadOnlyDictionary<long, HashSet<string>> anchored) : IDisposable
{
    /// <summary>What hashes begin with.</summary>
    public static readonly byte[] Genesis = SHA256.HashData(Encoding.UTF8.GetBytes("glancy.audit"));

    // Numbers have no gaps, so that these are rows.
    private const long PageOf = 32 * 1024;
    private const int MostWalkers = 4;

    private readonly SemaphoreSlim turn = new(1);
    private readonly SortedDictionary<long, IReadOnlyList<AuditFault>> faults = [];
    private readonly HashSet<long> met = [];
    private long events;
    private long? next = long.MinValue;

    /// <summary>How many events there are.</summary>
    public long Events => events;

    /// <summary>What is wrong with them, in their order.</summary>
    public IEnumerable<AuditFault> Faults => faults.Values.SelectMany(f => f);

    /// <summary>The anchored numbers that there is no event for.</summary>
    public IEnumerable<long> Missing => anchored.Keys.Where(seq => !met.Contains(seq));

    /// <summary>Walks; once.</summary>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await BeginAsync(connection, null, cancellationToken);
        var moment = await connection.QuerySingleAsync<string>(
            new CommandDefinition("select pg_export_snapshot()", cancellationToken: cancellationToken)
        );

        // This one walks as well: the moment is there for as long as its transaction is open.
        var others = Math.Clamp(Environment.ProcessorCount, 1, MostWalkers) - 1;
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var walks = Enumerable.Range(0, others).Select(_ => Task.Run(() => BesideAsync(moment, all.Token), all.Token));
        var under = walks.Prepend(Task.Run(() => PagesAsync(connection, all.Token), all.Token)).ToList();
        await foreach (var ended in Task.WhenEach(under).WithCancellation(CancellationToken.None))
        {
            if (!ended.IsCompletedSuccessfully)
            {
                await all.CancelAsync();
            }
        }

        await Task.WhenAll(under);
    }

    public void Dispose() => turn.Dispose();

    private async Task BesideAsync(string moment, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await BeginAsync(connection, moment, cancellationToken);
        await PagesAsync(connection, cancellationToken);
    }

    // What is left open goes with the connection.
    private static async Task BeginAsync(
        NpgsqlConnection connection,
        string? moment,
        CancellationToken cancellationToken
    )
    {
        var begin =
            "begin isolation level repeatable read read only"
            + (moment is null ? "" : $"; set transaction snapshot '{moment}'");
        await connection.ExecuteAsync(new CommandDefinition(begin, cancellationToken: cancellationToken));
    }

    private async Task PagesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = new AuditRows(connection);
        while (await NextAsync(connection, cancellationToken) is { } first)
        {
            var before = await RowAsync(connection, "seq < @seq order by seq desc", first, cancellationToken);
            var page = new AuditPage(before?.Seq, before?.Hash ?? Genesis, anchored);
            await rows.ReadAsync(first, Last(first), page.Take, cancellationToken);
            lock (faults)
            {
                events += page.Events;
                met.UnionWith(page.Met);
                if (page.Faults.Count > 0)
                {
                    faults.Add(first, page.Faults);
                }
            }
        }
    }

    // The first number of a page that nobody walks yet; null when there is none.
    private async Task<long?> NextAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (next is not { } from)
            {
                return null;
            }

            var first = (await RowAsync(connection, "seq >= @seq order by seq", from, cancellationToken))?.Seq;
            next = first is { } found && Last(found) < long.MaxValue ? Last(found) + 1 : null;
            return first;
        }
        finally
        {
            turn.Release();
        }
    }

    private static long Last(long first) => first > long.MaxValue - PageOf ? long.MaxValue : first + PageOf - 1;

    private static async Task<PlaceRow?> RowAsync(
        NpgsqlConnection connection,
        string which,
        long seq,
        CancellationToken cancellationToken
    ) =>
        await connection.QuerySingleOrDefaultAsync<PlaceRow>(
            new CommandDefinition(
                $"select seq, hash from glancy.audit where {which} limit 1",
                new { seq },
                cancellationToken: cancellationToken
            )
        );

    private sealed record PlaceRow
    {
        public long Seq { get; init; }

        public byte[] Hash { get; init; } = [];
    }
}

/// <summary>Some rows of the chain in their order, each held against the one before.</summary>
/// <param name="before">The number of the row before the first; null when there is none.</param>
/// <param name="previous">Its hash, or what hashes begin with.</param>
internal sealed class AuditPage(long? before, byte[] previous, IReadOnlyDictionary<long, HashSet<string>> anchored)
{
    private readonly byte[] hash = new byte[SHA256.HashSizeInBytes];
    private byte[] hashed = new byte[1024];
    private byte[] last = [.. previous];
    private int lastLength = previous.Length;
    private long expected = before is { } seq ? seq + 1 : 1;

    public long Events { get; private set; }

    public List<AuditFault> Faults { get; } = [];

    /// <summary>The anchored numbers among them.</summary>
    public List<long> Met { get; } = [];

    public void Take(AuditRow row)
    {
        Events++;
        if (row.Seq != expected)
        {
            Faults.Add(new AuditFault(expected, "gap"));
            expected = row.Seq;
        }

        if (!IsHashed(row))
        {
            Faults.Add(new AuditFault(row.Seq, "hash"));
        }

        if (Problem(row) is { } problem)
        {
            Faults.Add(new AuditFault(row.Seq, problem));
        }

        if (anchored.TryGetValue(row.Seq, out var hashes))
        {
            Met.Add(row.Seq);
            if (hashes.Count != 1 || !hashes.Contains(Convert.ToHexStringLower(row.Hash)))
            {
                Faults.Add(new AuditFault(row.Seq, "anchor"));
            }
        }

        if (last.Length < row.Hash.Length)
        {
            last = new byte[row.Hash.Length];
        }

        row.Hash.CopyTo(last);
        lastLength = row.Hash.Length;
        expected++;
    }

    private bool IsHashed(AuditRow row)
    {
        var length = lastLength + sizeof(long) + row.Body.Length;
        if (hashed.Length < length)
        {
            hashed = new byte[length * 2];
        }

        last.AsSpan(0, lastLength).CopyTo(hashed);
        BinaryPrimitives.WriteInt64BigEndian(hashed.AsSpan(lastLength), row.Seq);
        row.Body.CopyTo(hashed.AsSpan(lastLength + sizeof(long)));
        SHA256.HashData(hashed.AsSpan(0, length), hash);
        return row.Hash.SequenceEqual(hash);
    }

    private static string? Problem(AuditRow row)
    {
        Span<byte> text = stackalloc byte[32];
        var written = row.Written(text, out var length) ? text[..length] : default;
        return AuditCopy.IsSurelySame(row.Body, row.Document, written)
            ? null
            : AuditEvent.Problem(
                row.Body.ToArray(),
                written.IsEmpty ? null : Encoding.ASCII.GetString(written),
                Encoding.UTF8.GetString(row.Document)
            );
    }
}
