using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Connectors.Bastion;

/// <summary>What came back over the channel: bytes, or the trouble that kept them away.</summary>
internal readonly record struct BastionExchange(ReadOnlyMemory<byte> Bytes, BastionTrouble? Trouble);

/// <summary>
/// The one SSH connection to the bastion: opened when needed, shared by all questions, replaced when it died or
/// went silent. Deadlines are of the network and run on real time.
/// </summary>
internal sealed partial class BastionConnection(IOptions<BastionOptions> options, ILogger<BastionConnection> logger)
    : IAsyncDisposable
{
    private readonly BastionOptions _options = options.Value;
    private readonly BastionDial _dial = new(options.Value, logger);

    // Never disposed: it holds no handle, and a question may still be leaving when we go.
    private readonly SemaphoreSlim _channels = new(options.Value.Channels);
    private readonly Lock _gate = new();
    private BastionLink? _link;
    private Task<(BastionLink? Link, BastionTrouble? Trouble)>? _opening;
    private bool _disposed;

    /// <summary>Sends one request over a channel of its own and returns all that comes back.</summary>
    public async Task<BastionExchange> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.CommandTimeout);
        try
        {
            await _channels.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Troubled(BastionTroubleKind.TimedOut, "too many questions at once", mayHaveStarted: false);
        }

        try
        {
            // A kept connection may have died unnoticed; then nothing was sent yet, and a fresh one is tried once.
            var exchange = await AskOnceAsync(request, deadline.Token, cancellationToken);
            return exchange.Trouble is { Kind: BastionTroubleKind.Cut, MayHaveStarted: false }
                ? await AskOnceAsync(request, deadline.Token, cancellationToken)
                : exchange;
        }
        finally
        {
            _channels.Release();
        }
    }

    /// <summary>Closes the connection. Commands on the bastion go on.</summary>
    public async ValueTask DisposeAsync()
    {
        BastionLink? link;
        Task? opening;
        lock (_gate)
        {
            (link, _link, opening, _disposed) = (_link, null, _opening, true);
        }

        link?.Retire();
        if (opening is not null)
        {
            await opening;
        }
    }

    private static BastionExchange Troubled(BastionTroubleKind kind, string message, bool mayHaveStarted) =>
        new(default, new BastionTrouble(kind, message, mayHaveStarted));

    private async Task<BastionExchange> AskOnceAsync(
        ReadOnlyMemory<byte> request,
        CancellationToken deadline,
        CancellationToken cancellationToken
    )
    {
        BastionLink? link;
        BastionTrouble? trouble;
        try
        {
            (link, trouble) = await LinkAsync().WaitAsync(deadline);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Troubled(BastionTroubleKind.Unreachable, "no connection within the deadline", mayHaveStarted: false);
        }

        if (link is null || !link.TryEnter())
        {
            return new BastionExchange(
                default,
                trouble
                    ?? new BastionTrouble(BastionTroubleKind.Cut, "the connection was closed", MayHaveStarted: false)
            );
        }

        try
        {
            var exchange = await link.AskAsync(request, deadline, cancellationToken);
            if (exchange.Trouble is not null)
            {
                // Silent or broken: the next question gets a new connection, the others on this one may finish.
                LogLost(logger, exchange.Trouble.Message);
                Forget(link);
            }

            return exchange;
        }
        finally
        {
            link.Leave();
        }
    }

    private void Forget(BastionLink link)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_link, link))
            {
                _link = null;
            }
        }

        link.Retire();
    }

    /// <summary>The live connection, or one attempt to open it that all who ask meanwhile share.</summary>
    private Task<(BastionLink? Link, BastionTrouble? Trouble)> LinkAsync()
    {
        lock (_gate)
        {
            if (_link is { Alive: true })
            {
                return Task.FromResult<(BastionLink?, BastionTrouble?)>((_link, null));
            }

            _link?.Retire();
            _link = null;
            return _opening ??= Task.Run(OpenAndKeepAsync);
        }
    }

    private async Task<(BastionLink? Link, BastionTrouble? Trouble)> OpenAndKeepAsync()
    {
        BastionLink? link = null;
        BastionTrouble? trouble = null;
        try
        {
            (link, trouble) = await _dial.OpenAsync();
        }
        finally
        {
            lock (_gate)
            {
                _opening = null;
                if (_disposed)
                {
                    link?.Retire();
                }
                else
                {
                    _link = link;
                }
            }
        }

        return (link, trouble);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection to the bastion given up: {Reason}")]
    private static partial void LogLost(ILogger logger, string reason);
}
