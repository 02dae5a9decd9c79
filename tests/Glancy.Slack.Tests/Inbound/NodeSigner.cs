using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Glancy.Slack.Tests.Inbound;

/// <summary>Signatures by node's crypto: what our code checks was never made by our code.</summary>
public sealed class NodeSigner : IAsyncDisposable
{
    private readonly Process node = Start();
    private readonly SemaphoreSlim one = new(1);

    public async Task<string> SignAsync(string secret, long timestamp, string body, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var line = JsonSerializer.Serialize(
                new
                {
                    secret,
                    timestamp,
                    body = Convert.ToBase64String(Encoding.UTF8.GetBytes(body)),
                }
            );
            await node.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
            await node.StandardInput.FlushAsync(cancellationToken);
            return await node.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException("node ended");
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        node.Dispose();
        one.Dispose();
    }

    private static Process Start() =>
        Process.Start(
            new ProcessStartInfo("node", [Script()]) { RedirectStandardInput = true, RedirectStandardOutput = true }
        ) ?? throw new InvalidOperationException("node did not start");

    private static string Script([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? "", "sign.mjs");
}
