using System.Buffers.Binary;
using System.Globalization;
using Npgsql;

namespace Glancy.Ops.Kernel.Audit;

/// <summary>A row of the chain in a reader's memory, until the next one is taken.</summary>
internal readonly ref struct AuditRow
{
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public required long Seq { get; init; }

    public required ReadOnlySpan<byte> Body { get; init; }

    public required ReadOnlySpan<byte> Hash { get; init; }

    /// <summary>The copy that is searched, as text.</summary>
    public required ReadOnlySpan<byte> Document { get; init; }

    /// <summary>Microseconds since 2000; what is infinite is at either end.</summary>
    public required long At { get; init; }

    /// <summary>
    /// The time as bodies write it. False for one that is out of a body's reach, which no event can have.
    /// </summary>
    public bool Written(Span<byte> text, out int length)
    {
        length = 0;
        if (
            At < (DateTime.MinValue - Epoch).Ticks / TimeSpan.TicksPerMicrosecond
            || At > (DateTime.MaxValue - Epoch).Ticks / TimeSpan.TicksPerMicrosecond
        )
        {
            return false;
        }

        // Its seventh digit is always nought.
        var time = Epoch.AddTicks(At * TimeSpan.TicksPerMicrosecond);
        if (!time.TryFormat(text, out length, "O", CultureInfo.InvariantCulture))
        {
            return false;
        }

        text[length - 2] = (byte)'Z';
        length--;
        return true;
    }
}

/// <summary>
/// Rows of the chain as PostgreSQL copies them out: in binary, many at a time, none of them an object of its own.
/// </summary>
internal sealed class AuditRows(NpgsqlConnection connection)
{
    // Signature, flags, and the length of an extension that there is not.
    private const int Header = 11 + sizeof(int) + sizeof(int);

    // Of jsonb: the text follows.
    private const byte Version = 1;

    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int until;
    private bool begun;
    private bool ended;

    /// <summary>Takes a row; it is gone when this returns.</summary>
    public delegate void Take(AuditRow row);

    /// <summary>All rows with these numbers, in order.</summary>
    /// <exception cref="InvalidDataException">It is not what PostgreSQL copies out.</exception>
    public async Task ReadAsync(long first, long last, Take take, CancellationToken cancellationToken)
    {
        (from, until, begun, ended) = (0, 0, false, false);
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"copy (select seq, at, body, hash, document from glancy.audit where seq between {first} and {last} "
                + $"order by seq) to stdout (format binary)"
        );
        await using var stream = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken);
        while (await FillAsync(stream, cancellationToken))
        {
            TakeAll(take);
        }

        TakeAll(take);
        if (!ended)
        {
            throw new InvalidDataException("The rows broke off.");
        }
    }

    // False when there is no more.
    private async Task<bool> FillAsync(NpgsqlRawCopyStream stream, CancellationToken cancellationToken)
    {
        buffer.AsSpan(from, until - from).CopyTo(buffer);
        (from, until) = (0, until - from);
        if (until == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        // A read is a row at most; to be ended in the middle of each would cost more than to read it.
        cancellationToken.ThrowIfCancellationRequested();
        while (until < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(until), CancellationToken.None);
            if (read == 0)
            {
                return false;
            }

            until += read;
        }

        return true;
    }

    // All rows that are there as a whole.
    private void TakeAll(Take take)
    {
        if (!begun && until - from >= Header)
        {
            (begun, from) = (true, from + Header);
        }

        while (begun && !ended)
        {
            var rest = (ReadOnlySpan<byte>)buffer.AsSpan(from, until - from);
            if (rest.Length < sizeof(short))
            {
                return;
            }

            var fields = BinaryPrimitives.ReadInt16BigEndian(rest);
            rest = rest[sizeof(short)..];
            if (fields == -1)
            {
                ended = true;
                return;
            }

            if (
                !Field(ref rest, out var seq)
                || !Field(ref rest, out var at)
                || !Field(ref rest, out var body)
                || !Field(ref rest, out var hash)
                || !Field(ref rest, out var document)
            )
            {
                return;
            }

            if (seq.Length != sizeof(long) || at.Length != sizeof(long) || document is not [Version, ..])
            {
                throw new InvalidDataException("A row of another kind.");
            }

            from = until - rest.Length;
            take(
                new AuditRow
                {
                    Seq = BinaryPrimitives.ReadInt64BigEndian(seq),
                    At = BinaryPrimitives.ReadInt64BigEndian(at),
                    Body = body,
                    Hash = hash,
                    Document = document[1..],
                }
            );
        }
    }

    // No column of a row may be null.
    private static bool Field(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (rest.Length < sizeof(int))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        if (length < 0)
        {
            throw new InvalidDataException("A column is null.");
        }

        if (rest.Length - sizeof(int) < length)
        {
            return false;
        }

        field = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return true;
    }
}
