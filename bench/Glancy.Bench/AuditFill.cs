using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Glancy.Ops.Kernel.Audit;
using Npgsql;
using NpgsqlTypes;

namespace Glancy.Bench;

/// <summary>
/// Events as years of work leave them, in the real chain: each one's canonical bytes and the hash over the one before,
/// computed here and copied in. The same number is always the same event.
/// </summary>
internal static class AuditFill
{
    /// <summary>Runs have so many events.</summary>
    public const int PerRun = 8;

    /// <summary>People who do things; all others are the bot.</summary>
    public const int People = 60;

    private static readonly DateTimeOffset Begin = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(9.5);
    private static readonly byte[] Genesis = SHA256.HashData(Encoding.UTF8.GetBytes("glancy.audit"));

    private static readonly string[] OfRuns =
    [
        "run-draft",
        "run-confirm",
        "run-start",
        "step-done",
        "step-done",
        "step-done",
        "run-verify",
        "run-end",
    ];

    private static readonly string[] Others =
    [
        "incident-open",
        "incident-note",
        "incident-ack",
        "handover-done",
        "roster-take-over",
        "lease-keep",
        "release-freeze",
        "release-thaw",
        "patrol-done",
        "alert-silence",
        "reveal",
        "runbook-activate",
    ];

    /// <summary>When the event with this number happened; neighbours may be out of order by a second.</summary>
    public static DateTimeOffset At(long seq) =>
        Begin + Apart * seq + TimeSpan.FromMilliseconds((long)(Mixed(seq, 1) % 20_000) - 10_000);

    /// <summary>Appends until there are so many; without the indexes, which are made again afterwards.</summary>
    public static async Task FillAsync(string migrator, long until)
    {
        await using var source = NpgsqlDataSource.Create(migrator + ";Command Timeout=0");
        await using var connection = await source.OpenConnectionAsync();
        var (seq, previous) = await HeadAsync(connection);
        if (seq >= until)
        {
            return;
        }

        var indexes = await Tables.WithoutIndexesAsync(connection, "audit");
        await using (
            var copy = await connection.BeginBinaryImportAsync(
                "copy glancy.audit (seq, at, body, hash, document) from stdin (format binary)"
            )
        )
        {
            while (seq < until)
            {
                seq++;
                var at = At(seq);
                var body = Entry(seq).Canonical(at);
                previous = Hash(previous, seq, body);
                await copy.StartRowAsync();
                await copy.WriteAsync(seq, NpgsqlDbType.Bigint);
                await copy.WriteAsync(at, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(body, NpgsqlDbType.Bytea);
                await copy.WriteAsync(previous, NpgsqlDbType.Bytea);
                await copy.WriteAsync(body, NpgsqlDbType.Jsonb);
            }

            await copy.CompleteAsync();
        }

        await Tables.IndexAsync(connection, "audit", indexes);
    }

    private static AuditEntry Entry(long seq)
    {
        var run = seq / PerRun;
        var place = (int)(seq % PerRun);
        var person = "p" + (Mixed(run, 2) % People).ToString(CultureInfo.InvariantCulture);
        if (Mixed(run, 3) % 4 != 0)
        {
            var name = "R-" + run.ToString(CultureInfo.InvariantCulture);
            var byPerson = place is 0 or 1;
            return new AuditEntry(
                byPerson ? person : "glancy",
                OfRuns[place],
                place is > 2 and < 6 ? "train" : "rollback"
            )
            {
                Role = byPerson ? "primary" : null,
                Before = place is > 2 and < 6 ? "25" : "Draft",
                After = place is > 2 and < 6 ? "10" : "Confirmed",
                Command = byPerson ? "rollback --reason \"errors after the release\"" : null,
                Run = name,
                Detail = new Dictionary<string, string>
                {
                    ["step"] = "step-" + place.ToString(CultureInfo.InvariantCulture),
                    ["evidence"] = Convert.ToHexStringLower(BitConverter.GetBytes(Mixed(seq, 4))),
                },
            };
        }

        var incident = string.Create(
            CultureInfo.InvariantCulture,
            $"inc-{At(seq).UtcDateTime:yyyyMMdd}-{Mixed(run, 5) % 3 + 1}"
        );
        return new AuditEntry(person, Others[Mixed(seq, 6) % (ulong)Others.Length], incident)
        {
            Role = "duty",
            Incident = incident,
            Detail = new Dictionary<string, string>
            {
                ["reason"] = "错误率升高，先停一停 " + (Mixed(seq, 7) % 100_000).ToString(CultureInfo.InvariantCulture),
            },
        };
    }

    private static byte[] Hash(byte[] previous, long seq, byte[] body)
    {
        var bytes = new byte[previous.Length + sizeof(long) + body.Length];
        previous.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(previous.Length), seq);
        body.CopyTo(bytes, previous.Length + sizeof(long));
        return SHA256.HashData(bytes);
    }

    private static async Task<(long Seq, byte[] Hash)> HeadAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "select seq, hash from glancy.audit order by seq desc limit 1",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? (reader.GetInt64(0), await reader.GetFieldValueAsync<byte[]>(1))
            : (0, Genesis);
    }

    /// <summary>A number that looks like any other, the same each time.</summary>
    public static ulong Mixed(long number, ulong salt)
    {
        var mixed = (ulong)number * 0x9E3779B97F4A7C15 + salt * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
