using System.Diagnostics;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bench;

/// <summary>
/// <c>./glancy</c> as a person types it, from Enter to the last line; what it is made of is already built. The server's
/// own time is the same words said to the same socket from here.
/// </summary>
internal static class Terminal
{
    public static readonly string[] Rows =
    [
        "`./glancy help` at the terminal, from Enter to the last line",
        "`./glancy hk` at the terminal, beyond the server's own time",
    ];

    private const int Rounds = 15;

    public static async Task<IReadOnlyList<Line>> MeasureAsync(World world)
    {
        var (help, typed, server) = (new List<double>(), new List<double>(), new List<double>());
        var bot = world.Replicas[0];
        for (var round = -1; round < Rounds; round++)
        {
            var helped = await TypeAsync(world, "help");

            // Both are shown the same look.
            await Bench.AskAsync(bot, "hk");
            var looked = await TypeAsync(world, "hk");
            var start = Stopwatch.GetTimestamp();
            await Bench.AskAsync(bot, "hk");
            var alone = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

            // Once before it counts.
            if (round >= 0)
            {
                help.Add(helped);
                typed.Add(looked);
                server.Add(alone);
            }
        }

        var (all, own) = (Bench.Median(typed), Bench.Median(server));
        return
        [
            Line.AtMost(Rows[0], Bench.Median(help), "ms", (40, 15), $"median of {Rounds}"),
            Line.AtMost(Rows[1], all - own, "ms", (30, 15), $"{all:0} ms, the server {own:0}; medians of {Rounds}"),
        ];
    }

    private static async Task<double> TypeAsync(World world, params string[] words)
    {
        var start = new ProcessStartInfo(Path.Combine(Bench.Root(), "glancy"), [.. words, "--as", "lin"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GLANCY_SANDBOX_DIR"] = world.Folder.Path;
        start.Environment["GLANCY_SOCKETS"] = world.Sockets;
        start.Environment["LANG"] = "en_US.UTF-8";
        var enter = Stopwatch.GetTimestamp();
        using var shell = Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
        var errors = shell.StandardError.ReadToEndAsync();
        var said = await shell.StandardOutput.ReadToEndAsync();
        var took = Stopwatch.GetElapsedTime(enter).TotalMilliseconds;
        await shell.WaitForExitAsync();
        return shell.ExitCode == 0 && said.Length > 0
            ? took
            : throw new InvalidOperationException($"./glancy {words[0]}: {shell.ExitCode} {said}{await errors}");
    }
}
