using System.Diagnostics;
using System.Text;

namespace Glancy.Sandbox.Stories.Venues;

/// <summary>What came of a line that somebody said.</summary>
/// <param name="Exit">As a terminal ends: 0 for done, 1 for no, 3 for unknown.</param>
/// <param name="Words">All that was shown, answer and errors.</param>
internal sealed record Answered(int Exit, string Words);

/// <summary>The bot's public command line: each line that is typed is a process of its own.</summary>
/// <param name="dotnet">The program that runs <paramref name="dll"/>.</param>
/// <param name="socketOf">The socket of a replica.</param>
internal sealed class Terminal(string dotnet, string dll, Func<string, string> socketOf, Transcript transcript) : IVenue
{
    /// <inheritdoc/>
    public Task<Answered> SayAsync(
        Player person,
        IReadOnlyList<string> words,
        bool beside,
        CancellationToken cancellationToken
    )
    {
        transcript.Typed(person.Id, words);
        return RunAsync(person, words, line => transcript.Answered(line, beside ? person.Id : null), cancellationToken);
    }

    /// <summary>A terminal keeps nothing.</summary>
    public Task EndAsync(Stage stage, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Answered> RunAsync(
        Player person,
        IReadOnlyList<string> words,
        Action<string> show,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(dotnet)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var word in (string[])[dll, "terminal", "--", "--as", person.Id, "--lang", person.Language, .. words])
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["GLANCY_SOCKETS"] = string.Join(':', person.Replicas.Select(socketOf));
        start.Environment["COLUMNS"] = "110";
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        process.StandardInput.Close();
        var seen = new StringBuilder();
        try
        {
            await Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
            await process.WaitForExitAsync(cancellationToken);
            return new Answered(process.ExitCode, seen.ToString());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        async Task ReadAsync(StreamReader stream)
        {
            while (await stream.ReadLineAsync(cancellationToken) is { } line)
            {
                lock (seen)
                {
                    seen.AppendLine(line);
                }

                show(line);
            }
        }
    }
}
