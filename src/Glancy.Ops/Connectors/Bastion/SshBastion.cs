using System.Text;

namespace Glancy.Ops.Connectors.Bastion;

/// <summary>The bastion's agent over SSH. Safe for concurrent use; one connection is kept and reused.</summary>
internal sealed class SshBastion(BastionConnection connection) : IBastion
{
    /// <inheritdoc />
    public Task<BastionReply> StartAsync(BastionStart start, CancellationToken cancellationToken)
    {
        var request = new BastionRequest("start")
            .Add("key", start.Key)
            .Add("fence", start.Fence)
            .Add("epoch", start.Epoch)
            .Add("command", start.CommandId)
            .Add(start.Parameters)
            .Add(start.Anchor);
        return ReplyAsync(request, cancellationToken);
    }

    /// <inheritdoc />
    public Task<BastionReply> StatusAsync(string key, CancellationToken cancellationToken) =>
        ReplyAsync(new BastionRequest("status").Add("key", key), cancellationToken);

    /// <inheritdoc />
    public Task<BastionReply> CancelAsync(string key, long epoch, CancellationToken cancellationToken) =>
        ReplyAsync(new BastionRequest("cancel").Add("key", key).Add("epoch", epoch), cancellationToken);

    /// <inheritdoc />
    public async Task<BastionOutput> OutputAsync(string key, long offset, CancellationToken cancellationToken)
    {
        var request = new BastionRequest("output").Add("key", key).Add("offset", offset);
        return await AskAsync(request, offset, cancellationToken) switch
        {
            (_, _, { } trouble) => new BastionOutput.Unreached(trouble),
            (null, var problem, _) => new BastionOutput.Refused(problem.Code, problem.Words),
            ({ State: BastionState.Refused or BastionState.Absent } answer, _, _) => new BastionOutput.Refused(
                answer.ReasonCode ?? "",
                answer.Reason ?? ""
            ),
            var (answer, _, _) => PieceOf(answer, offset),
        };
    }

    /// <inheritdoc />
    public Task<BastionReading> ReadAsync(
        string commandId,
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            new BastionRequest("read").Add("command", commandId).Add(parameters),
            needsDigest: false,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<BastionReading> DigestAsync(string commandId, CancellationToken cancellationToken) =>
        ReadAsync(new BastionRequest("digest").Add("command", commandId), needsDigest: true, cancellationToken);

    /// <inheritdoc />
    public Task<BastionReading> AnchorsAsync(CancellationToken cancellationToken) =>
        ReadAsync(new BastionRequest("anchors"), needsDigest: false, cancellationToken);

    private static BastionOutput.Piece PieceOf(BastionAnswer answer, long offset)
    {
        var bytes = answer.Body.Span;
        if (answer.State == BastionState.Running)
        {
            bytes = bytes[..^UnfinishedTail(bytes)];
        }

        return new BastionOutput.Piece(Encoding.UTF8.GetString(bytes), offset + bytes.Length, answer.State);
    }

    /// <summary>Bytes at the end that begin a character without completing it, 0 to 3.</summary>
    private static int UnfinishedTail(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            var lead = bytes[^length];
            var needs = lead switch
            {
                >= 0xF0 => 4,
                >= 0xE0 => 3,
                >= 0xC0 => 2,
                _ => 1,
            };
            if ((lead & 0xC0) != 0x80)
            {
                return needs > length ? length : 0;
            }
        }

        return 0;
    }

    private async Task<BastionReply> ReplyAsync(BastionRequest request, CancellationToken cancellationToken) =>
        await AskAsync(request, offset: null, cancellationToken) switch
        {
            (_, _, { } trouble) => new BastionReply.Unreached(trouble),
            (null, var problem, _) => new BastionReply.Answered(
                problem.Sent ? BastionState.Unknown : BastionState.Refused,
                ReasonCode: problem.Code,
                Reason: problem.Words
            ),
            var (answer, _, _) => new BastionReply.Answered(
                answer.State,
                answer.ExitCode,
                answer.ReasonCode,
                answer.Reason,
                answer.Started,
                answer.Finished,
                answer.Size,
                answer.Replayed
            ),
        };

    private async Task<BastionReading> ReadAsync(
        BastionRequest request,
        bool needsDigest,
        CancellationToken cancellationToken
    ) =>
        await AskAsync(request, offset: 0, cancellationToken) switch
        {
            (_, _, { } trouble) => new BastionReading.Unreached(trouble),
            (null, var problem, _) => new BastionReading.Refused(problem.Code, problem.Words),
            ({ State: BastionState.Exited, ExitCode: { } exit } answer, _, _)
                when !needsDigest || answer.Digest is not null => new BastionReading.Read(
                exit,
                Encoding.UTF8.GetString(answer.Body.Span),
                answer.Digest
            ),
            ({ State: BastionState.Refused } answer, _, _) => new BastionReading.Refused(
                answer.ReasonCode ?? "",
                answer.Reason ?? ""
            ),
            _ => new BastionReading.Refused(BastionReason.Unparsable, "not an answer to a read"),
        };

    /// <summary>
    /// Exactly one of the three says something: the answer, why there is none to be used, or trouble on the way.
    /// </summary>
    private async Task<(BastionAnswer? Answer, Problem Problem, BastionTrouble? Trouble)> AskAsync(
        BastionRequest request,
        long? offset,
        CancellationToken cancellationToken
    )
    {
        if (request.Problem is { } malformed)
        {
            return (null, new Problem(BastionReason.BadRequest, malformed, Sent: false), null);
        }

        var exchange = await connection.AskAsync(request.ToBytes(), cancellationToken);
        if (exchange.Trouble is not null)
        {
            return (null, default, exchange.Trouble);
        }

        return BastionAnswer.TryParse(exchange.Bytes, offset, out var answer, out var problem)
            ? (answer, default, null)
            : (null, new Problem(BastionReason.Unparsable, problem, Sent: true), null);
    }

    private readonly record struct Problem(string Code, string Words, bool Sent);
}
