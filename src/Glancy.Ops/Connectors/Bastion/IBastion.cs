namespace Glancy.Ops.Connectors.Bastion;

/// <summary>
/// The agent on the bastion. Expected failures are values. Cancelling a token stops our waiting and throws
/// <see cref="OperationCanceledException"/>; it never stops a command on the bastion.
/// </summary>
public interface IBastion
{
    /// <summary>
    /// Starts a command, or answers what became of it if the key is known. Returns at once; ask
    /// <see cref="StatusAsync"/> for the end.
    /// </summary>
    Task<BastionReply> StartAsync(BastionStart start, CancellationToken cancellationToken);

    /// <summary>What became of a key.</summary>
    Task<BastionReply> StatusAsync(string key, CancellationToken cancellationToken);

    /// <summary>What the key's command has printed from <paramref name="offset"/> bytes on.</summary>
    Task<BastionOutput> OutputAsync(string key, long offset, CancellationToken cancellationToken);

    /// <summary>Kills the key's command with everything in its session. The effect is unknown after that.</summary>
    Task<BastionReply> CancelAsync(string key, long epoch, CancellationToken cancellationToken);

    /// <summary>Runs a command that the allow-list marks as a read, and waits for it.</summary>
    Task<BastionReading> ReadAsync(
        string commandId,
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken
    );

    /// <summary>SHA-256 of the script a command would run.</summary>
    Task<BastionReading> DigestAsync(string commandId, CancellationToken cancellationToken);

    /// <summary>
    /// The newest audit heads kept on the bastion, oldest first, one line each: <c>seq hash key unix-seconds</c>.
    /// </summary>
    Task<BastionReading> AnchorsAsync(CancellationToken cancellationToken);
}
