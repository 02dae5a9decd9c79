using System.Diagnostics;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bot.Tests.Start;

/// <summary>
/// The bot as whoever installs it starts it: settings in its environment, and what it says before it ends.
/// </summary>
internal static class BotProcess
{
    /// <summary>Settings with which nothing is wrong, but that no database answers.</summary>
    public static Dictionary<string, string?> Fine(string folder) =>
        new()
        {
            ["Glancy__Environment"] = "prod",
            ["Glancy__Database"] = "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2",
            ["Glancy__ProductDatabase"] = "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2",
            ["Glancy__PrometheusUrl"] = "http://127.0.0.1:9",
            ["Glancy__ProductUrl"] = "http://127.0.0.1:9",
            ["Glancy__Runbook"] = Path.Combine(RepositoryRoot.Find(), "runbook"),
            ["Glancy__Socket"] = Path.Combine(folder, "bot.sock"),
            ["Glancy__Bastion__Host"] = "127.0.0.1",
            ["Glancy__Bastion__User"] = "nobody",
            ["Glancy__Bastion__KeyFile"] = "/nowhere",
            ["Glancy__Bastion__HostKey"] = new string('A', 43),
        };

    public static Process Start(IReadOnlyDictionary<string, string?> settings)
    {
        var command = BotCommand.Of(BotCommand.Find(null));
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The bot did not start.");
    }

    /// <summary>Its exit code, what it printed, and the lines of its errors.</summary>
    public static async Task<(int Exit, string Out, IReadOnlyList<string> Errors)> RunAsync(
        IReadOnlyDictionary<string, string?> settings
    )
    {
        var token = TestContext.Current.CancellationToken;
        using var process = Start(settings);
        var output = process.StandardOutput.ReadToEndAsync(token);
        var errors = await process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await output, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
