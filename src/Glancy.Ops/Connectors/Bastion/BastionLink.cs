using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Glancy.Ops.Connectors.Bastion;

/// <summary>One SSH connection with those who are using it; closed when it is retired and the last has left.</summary>
internal sealed class BastionLink(SshClient client, PrivateKeyFile key)
{
    // The forced command is what runs; the agent refuses a channel that asks for anything but its name.
    private const string Exec = "glancy-agent";

    private readonly Lock _gate = new();
    private int _users;
    private bool _retired;

    public bool Alive => !_retired && client.IsConnected;

    public bool TryEnter()
    {
        lock (_gate)
        {
            _users += _retired ? 0 : 1;
            return !_retired;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_users == 0 && _retired)
            {
                Close();
            }
        }
    }

    public void Retire()
    {
        lock (_gate)
        {
            var first = !_retired;
            _retired = true;
            if (first && _users == 0)
            {
                Close();
            }
        }
    }

    /// <summary>
    /// Sends a request and collects the answer. On trouble nothing is known of what the agent did with it.
    /// </summary>
    public async Task<BastionExchange> AskAsync(
        ReadOnlyMemory<byte> request,
        CancellationToken deadline,
        CancellationToken cancellationToken
    )
    {
        var sent = new Sent();
        // Opening a channel and writing to it block, so they get a thread. The token is not handed down: SSH.NET
        // would answer it with a signal to the agent, and a cancelled question must not end a command.
        var talk = Task.Run(() => TalkAsync(request, sent), CancellationToken.None);
        try
        {
            return new BastionExchange(await talk.WaitAsync(deadline), null);
        }
        catch (OperationCanceledException)
        {
            // Left to itself, the talk ends at the latest when the connection is closed; its failure is of no interest.
            _ = talk.ContinueWith(
                static task => task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
            cancellationToken.ThrowIfCancellationRequested();
            return Trouble(BastionTroubleKind.TimedOut, "no answer within the deadline");
        }
        catch (Exception failure)
            when (failure
                    is SshException
                        or SocketException
                        or IOException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            return Trouble(BastionTroubleKind.Cut, failure.Message);
        }

        BastionExchange Trouble(BastionTroubleKind kind, string message) =>
            new(default, new BastionTrouble(kind, message, sent.Any));
    }

    private async Task<ReadOnlyMemory<byte>> TalkAsync(ReadOnlyMemory<byte> request, Sent sent)
    {
        using var command = client.CreateCommand(Exec);
        var running = command.ExecuteAsync(CancellationToken.None);
        sent.Any = true;
        try
        {
            // Closing the stream is the end of file that the agent waits for.
            await using var input = command.CreateInputStream();
            await input.WriteAsync(request);
        }
        catch (Exception early)
            when (early is SshException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The agent may refuse before it has read everything; what it said counts.
        }

        await running;
        if (command.ExitStatus is null)
        {
            throw new SshConnectionException("the channel was closed without an exit status");
        }

        using var answer = new MemoryStream();
        await command.OutputStream.CopyToAsync(answer);
        return answer.ToArray();
    }

    /// <summary>Off this thread: closing a dead connection waits for the other side.</summary>
    private void Close() =>
        _ = Task.Run(() =>
        {
            client.Dispose();
            key.Dispose();
        });

    /// <summary>Set just before the first byte leaves: from then on the agent may have acted.</summary>
    private sealed class Sent
    {
        private volatile bool _any;

        public bool Any
        {
            get => _any;
            set => _any = value;
        }
    }
}
