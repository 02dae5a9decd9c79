using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Glancy.Ops.Connectors.Bastion;

/// <summary>Opens connections to the bastion, to the host with the pinned key and to no other.</summary>
internal sealed partial class BastionDial(BastionOptions options, ILogger logger)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    [SuppressMessage(
        "Reliability",
        "CA2000",
        Justification = "The link owns the client; a failed one is retired in every branch."
    )]
    public async Task<(BastionLink? Link, BastionTrouble? Trouble)> OpenAsync()
    {
        var pins = Pins(options.HostKey);
        if (pins.Count == 0)
        {
            return Failed(BastionTroubleKind.Unconfigured, "no host key is pinned");
        }

        PrivateKeyFile key;
        try
        {
            key = new PrivateKeyFile(options.KeyFile);
        }
        catch (Exception unusable)
            when (unusable
                    is IOException
                        or UnauthorizedAccessException
                        or SshException
                        or ArgumentException
                        or InvalidOperationException
                        or NotSupportedException
            )
        {
            return Failed(BastionTroubleKind.Unconfigured, $"the key file cannot be used: {unusable.Message}");
        }

        var info = new ConnectionInfo(
            options.Host,
            options.Port,
            options.User,
            new PrivateKeyAuthenticationMethod(options.User, key)
        )
        {
            Timeout = options.ConnectTimeout,
        };
        // A pin is the fingerprint of a plain key; a certificate would never match it.
        foreach (
            var certified in info
                .HostKeyAlgorithms.Keys.Where(name => name.Contains("-cert-", StringComparison.Ordinal))
                .ToList()
        )
        {
            info.HostKeyAlgorithms.Remove(certified);
        }

        var client = new SshClient(info) { KeepAliveInterval = KeepAlive };
        var link = new BastionLink(client, key);
        string? foreign = null;
        // Without a handler SSH.NET trusts whoever answers.
        client.HostKeyReceived += (_, shown) =>
        {
            shown.CanTrust = pins.Contains(shown.FingerPrintSHA256);
            foreign = shown.CanTrust ? null : shown.FingerPrintSHA256;
        };
        using var deadline = new CancellationTokenSource(options.ConnectTimeout);
        try
        {
            await client.ConnectAsync(deadline.Token).WaitAsync(deadline.Token);
            LogConnected(logger, options.Host, options.Port);
            return (link, null);
        }
        catch (Exception failure)
            when (failure
                    is SshException
                        or SocketException
                        or IOException
                        or OperationCanceledException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            link.Retire();
            if (foreign is not null)
            {
                LogForeignHostKey(logger, options.Host, options.Port, foreign);
                return Failed(BastionTroubleKind.HostKeyMismatch, $"the host showed SHA256:{foreign}");
            }

            return failure switch
            {
                SshAuthenticationException => Failed(BastionTroubleKind.Denied, failure.Message),
                OperationCanceledException => Failed(
                    BastionTroubleKind.Unreachable,
                    "no connection within the deadline"
                ),
                _ => Failed(BastionTroubleKind.Unreachable, failure.Message),
            };
        }
    }

    private static (BastionLink?, BastionTrouble?) Failed(BastionTroubleKind kind, string message) =>
        (null, new BastionTrouble(kind, message, MayHaveStarted: false));

    private static HashSet<string> Pins(string configured) =>
        configured
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pin => pin.Replace("SHA256:", "", StringComparison.Ordinal).TrimEnd('='))
            .ToHashSet(StringComparer.Ordinal);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the bastion {Host}:{Port}")]
    private static partial void LogConnected(ILogger logger, string host, int port);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The bastion {Host}:{Port} shows a host key that is not pinned: SHA256:{Fingerprint}"
    )]
    private static partial void LogForeignHostKey(ILogger logger, string host, int port, string fingerprint);
}
