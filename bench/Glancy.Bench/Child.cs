using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Glancy.Bench;

/// <summary>A process that serves, and what it takes to be ready and to be at rest.</summary>
internal sealed class Child(Process process, TimeSpan ready) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public TimeSpan Ready => ready;

    /// <summary>MiB of resident memory.</summary>
    public double Memory => MemoryOf(process.Id);

    public static string Listen(int port) => $"127.0.0.1:{port}";

    public static Uri Address(int port, string path) => new("http://" + Listen(port) + path);

    /// <summary>Starts this program as something else and waits until it answers anything.</summary>
    public static Task<Child> StartAsync(int port, params string[] args) =>
        StartAsync(
            [typeof(Child).Assembly.Location, .. args],
            new Dictionary<string, string>(),
            new IPEndPoint(IPAddress.Loopback, port),
            [() => Knock.Get("/")]
        );

    /// <summary>
    /// Starts a program of .NET and asks it one thing after the other, each every 2 ms until it is answered.
    /// </summary>
    public static async Task<Child> StartAsync(
        string[] words,
        IReadOnlyDictionary<string, string> environment,
        EndPoint at,
        Func<string>[] asked
    )
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet", words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var watch = Stopwatch.StartNew();
        var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        foreach (var request in asked)
        {
            while (!await Knock.IsAnsweredAsync(at, request()))
            {
                if (watch.Elapsed > Patience || process.HasExited)
                {
                    throw new InvalidOperationException($"{string.Join(' ', words)} does not answer.");
                }

                await Task.Delay(Look);
            }
        }

        return new Child(process, watch.Elapsed);
    }

    public static double MemoryOf(int pid) =>
        File.ReadLines($"/proc/{pid}/status")
            .Where(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(l =>
                double.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                / 1024
            )
            .First();

    /// <summary>Ends it in order.</summary>
    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
