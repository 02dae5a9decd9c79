using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using Glancy.Sandbox.Cli;
using Glancy.Sandbox.Processes;

namespace Glancy.Bot.Tests.Stories;

/// <summary>Plays a story as the command line does, in a folder that is gone afterwards.</summary>
internal static class StoryPlay
{
    public static async Task<(int Code, string Transcript)> PlayAsync(params string[] words)
    {
        var folder = PrivateFolder.CreateTemporary("glancy-story");
        try
        {
            await using var said = new StringWriter(CultureInfo.InvariantCulture);
            var code = await SandboxCommand
                .Build(new SandboxWords(Chinese: false))
                .Parse(["story", .. words, "--dir", folder, "--root", Root()])
                .InvokeAsync(
                    new InvocationConfiguration { Output = said, Error = said },
                    TestContext.Current.CancellationToken
                );
            return (code, said.ToString());
        }
        finally
        {
            // What is needed to understand a failure is in the transcript.
            PrivateFolder.Delete(folder);
        }
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "/", "..", "..", ".."));
}
