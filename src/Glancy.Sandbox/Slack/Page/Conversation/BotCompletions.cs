using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Slack.Page.Conversation;

/// <summary>
/// Asks the running bot through its command line, as a person at a terminal would: <c>glancy help --json</c>.
/// </summary>
/// <param name="dll">The bot.</param>
/// <param name="sockets">The value for <c>GLANCY_SOCKETS</c>.</param>
internal sealed class BotCompletions(string dll, string sockets) : ICompletions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<Sayable>>> known = new();

    public async Task<IReadOnlyList<Sayable>> AllAsync(string language, CancellationToken cancellationToken)
    {
        var asking = known.GetOrAdd(language, AskAsync);
        var all = await asking.WaitAsync(cancellationToken);
        if (all.Count == 0)
        {
            // The bot was not there; the next one who asks may have more luck.
            known.TryRemove(KeyValuePair.Create(language, asking));
        }

        return all;
    }

    private async Task<IReadOnlyList<Sayable>> AskAsync(string language)
    {
        var dotnet = Programs.Find(
            "dotnet",
            "dotnet-sdk-10.0",
            Path.GetDirectoryName(Environment.ProcessPath) ?? "/usr/bin"
        );
        var start = new ProcessStartInfo(dotnet, [dll, "terminal", "--", "--lang", language[..2], "help", "--json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["GLANCY_SOCKETS"] = sockets;
        using var patience = new CancellationTokenSource(Patience);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        try
        {
            process.StandardInput.Close();
            var said = process.StandardOutput.ReadToEndAsync(patience.Token);
            var complaints = process.StandardError.ReadToEndAsync(patience.Token);
            await Task.WhenAll(said, complaints);
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? JsonSerializer.Deserialize<List<Sayable>>(await said, Json) ?? [] : [];
        }
        catch (Exception failed) when (failed is JsonException or OperationCanceledException)
        {
            return [];
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
