using System.Diagnostics;
using System.Globalization;

namespace Glancy.Bench;

/// <summary>A process of this program, and what it takes to be ready and to be at rest.</summary>
internal sealed class Child(Process process, TimeSpan ready) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    public TimeSpan Ready => ready;

    /// <summary>MiB of resident memory.</summary>
    public double Memory => MemoryOf(process.Id);

    /// <summary>Starts it and waits until the address answers anything.</summary>
    public static async Task<Child> StartAsync(Uri address, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])[typeof(Child).Assembly.Location, .. args])
        {
            start.ArgumentList.Add(word);
        }

        var watch = Stopwatch.StartNew();
        var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await AnsweredAsync(address);
        return new Child(process, watch.Elapsed);
    }

    /// <summary>Waits until the address answers anything at all.</summary>
    public static async Task AnsweredAsync(Uri address)
    {
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var response = await http.GetAsync(address);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Look);
            }
        }
    }

    public static double MemoryOf(int pid) =>
        File.ReadLines($"/proc/{pid}/status")
            .Where(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(l =>
                double.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                / 1024
            )
            .First();

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
