using System.Diagnostics;

namespace Glancy.Bench;

/// <summary>The bot as it is shipped: a ReadyToRun publish, made anew for the bench.</summary>
internal static class Published
{
    /// <returns>The path of <c>Glancy.Bot.dll</c>.</returns>
    /// <exception cref="InvalidOperationException">It could not be published; the message carries what was said.</exception>
    public static async Task<string> BuildAsync(string root, string folder)
    {
        Console.Error.WriteLine("publishing...");
        string[] words =
        [
            "publish", Path.Combine(root, "src", "Glancy.Bot"), "--configuration", "Release", "--runtime", "linux-x64", "--output", folder, "--verbosity", "quiet", "--nologo",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException("dotnet could not be started.");
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Path.Combine(folder, "Glancy.Bot.dll") : throw new InvalidOperationException("The bot could not be published: " + said);
    }
}
