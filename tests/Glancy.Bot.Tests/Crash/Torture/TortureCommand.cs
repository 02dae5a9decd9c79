using System.Globalization;
using System.Runtime.InteropServices;
using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary><c>./glancy torture</c>: the harness of the crash tests, for as long as one likes.</summary>
public static class TortureCommand
{
    private const int NotUnderstood = 64;
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(IReadOnlyList<string> words, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (words is ["--help" or "-h" or "help"])
        {
            await output.WriteLineAsync(TortureOptions.Usage);
            return 0;
        }

        var clock = TimeProvider.System;
        var folder = Path.Combine(
            Path.GetTempPath(),
            "glancy-torture-" + clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)
        );
        var (options, problem) = TortureOptions.Parse(words, folder);
        if (options is null)
        {
            await errors.WriteLineAsync(problem + "\n\n" + TortureOptions.Usage);
            return NotUnderstood;
        }

        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var lanes = options.Topologies.Select(replicas => (Replicas: replicas, House: new CrashWorld())).ToList();
        try
        {
            await Task.WhenAll(lanes.Select(l => l.House.InitializeAsync().AsTask()));
            var result = await new Torturer(options, RepositoryRoot.Find(), clock, output.WriteLine).RunAsync(
                lanes,
                stopping.Token
            );
            await output.WriteLineAsync($"report: {Path.Combine(options.Report, "report.md")}");
            return result.Exit;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await errors.WriteLineAsync(
                $"interrupted; what was found until then: {Path.Combine(options.Report, "runs.jsonl")}"
            );
            return Interrupted;
        }
        finally
        {
            foreach (var (_, house) in lanes)
            {
                await house.DisposeAsync();
            }
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }
}
