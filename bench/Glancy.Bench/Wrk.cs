using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Sandbox.Processes;

namespace Glancy.Bench;

/// <summary>What wrk says of a round.</summary>
/// <param name="Refused">Answers that were no 2xx, and what came of no connection.</param>
internal sealed partial record Wrk(double PerSecond, int Requests, int Refused)
{
    public const int Connections = 16;

    /// <summary>Sends what stands in the file, from a process of its own, as fast as it is answered.</summary>
    /// <exception cref="InvalidOperationException">wrk failed, or more was sent than was signed.</exception>
    public static async Task<Wrk> RunAsync(Uri door, string signed, TimeSpan time)
    {
        string[] words =
        [
            "-t1",
            $"-c{Connections}",
            $"-d{time.TotalSeconds:0}s",
            "-s",
            Path.Combine(Bench.Root(), "bench/Glancy.Bench/neighbours/signed.lua"),
            door.AbsoluteUri,
            "--",
            signed,
        ];
        using var wrk =
            Process.Start(
                new ProcessStartInfo(Programs.Find("wrk", "wrk"), words)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            ) ?? throw new InvalidOperationException("wrk did not start.");
        var errors = wrk.StandardError.ReadToEndAsync();
        var said = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (!PerSecondSaid().IsMatch(said) || (await errors).Length > 0)
        {
            throw new InvalidOperationException($"wrk: {said}\n{await errors}");
        }

        var sockets = SocketsSaid().Match(said).Groups.Values.Skip(1).Sum(g => g.Length > 0 ? Number(g.Value) : 0);
        return new Wrk(
            Number(PerSecondSaid(), said),
            (int)Number(RequestsSaid(), said),
            (int)(Number(RefusedSaid(), said) + sockets)
        );
    }

    private static double Number(Regex pattern, string said) =>
        pattern.Match(said) is { Success: true } match ? Number(match.Groups[1].Value) : 0;

    private static double Number(string said) => double.Parse(said, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s*([0-9.]+)")]
    private static partial Regex PerSecondSaid();

    [GeneratedRegex(@"([0-9]+) requests in ")]
    private static partial Regex RequestsSaid();

    [GeneratedRegex(@"Non-2xx or 3xx responses: ([0-9]+)")]
    private static partial Regex RefusedSaid();

    [GeneratedRegex(@"Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)")]
    private static partial Regex SocketsSaid();
}
