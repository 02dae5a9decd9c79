using System.Security.Cryptography;
using System.Text;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>Whose link it is, and for which incident.</summary>
public sealed record AckLink(string Incident, string Person);

/// <summary>
/// Links by which somebody who was called acknowledges without Slack. A link is as good as a password for one deed:
/// long, random, kept as a hash, for one person and incident, until somebody has acknowledged or a day has passed.
/// </summary>
public sealed class AckLinks(BotDatabase database, IOptions<ReplicaOptions> options, TimeProvider clock)
{
    /// <summary>World time.</summary>
    public static readonly TimeSpan Lives = TimeSpan.FromHours(24);

    private const int Bytes = 32;

    /// <summary>A new link; null where no address is known under which it could be opened.</summary>
    public async Task<Uri?> MintAsync(string incident, string person, CancellationToken cancellationToken)
    {
        if (options.Value.PublicUrl is not { } address)
        {
            return null;
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var now = clock.GetUtcNow();
        await database.ExecuteAsync(
            "insert into glancy.ack_link (hash, incident_id, person, made_at, expires_at) values (@hash, @incident, "
                + "@person, @now, @until)",
            new
            {
                hash = Hash(token),
                incident,
                person,
                now = now.ToUniversalTime(),
                until = (now + Lives).ToUniversalTime(),
            },
            cancellationToken
        );
        return new Uri(address, "/ack/" + token);
    }

    /// <summary>What a link is for; null for one that is wrong, or over.</summary>
    public async Task<AckLink?> FindAsync(string token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length != Bytes * 2 || !token.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        var rows = await database.QueryAsync<Row>(
            "select incident_id, person from glancy.ack_link where hash = @hash and expires_at > @now",
            new { hash = Hash(token), now = clock.GetUtcNow().ToUniversalTime() },
            cancellationToken
        );
        return rows is [var row] ? new AckLink(row.Incident_Id, row.Person) : null;
    }

    /// <summary>No link of the incident counts any more.</summary>
    internal static Task EndAsync(Transaction transaction, string incident, DateTimeOffset now) =>
        transaction.ExecuteAsync(
            "update glancy.ack_link set expires_at = @now where incident_id = @incident and expires_at > @now",
            new { incident, now = now.ToUniversalTime() }
        );

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    private sealed record Row
    {
        public string Incident_Id { get; init; } = "";

        public string Person { get; init; } = "";
    }
}
