using System.Diagnostics;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Processes;

namespace Glancy.Bot.Tests.Door;

/// <summary>
/// What the <c>glancy</c> script makes of its words; a stand-in for <c>dotnet</c> says what it was given.
/// </summary>
public sealed class DoorTests
{
    [Theory]
    [InlineData("sandbox clock pause", "clock pause")]
    [InlineData("sandbox --dir /tmp/x clock advance 6m", "--dir /tmp/x clock advance 6m")]
    [InlineData("sandbox --dir=/tmp/x fault off bad-release", "--dir=/tmp/x fault off bad-release")]
    public async Task The_verb_of_the_sandbox_is_found_behind_the_world_s_folder(string words, string given) =>
        Assert.Equal("glancy-sandbox.dll " + given, await SaidAsync(words));

    [Fact]
    public async Task Torture_goes_to_the_harness_of_the_crash_tests() =>
        Assert.Equal(
            "Glancy.Bot.Tests.dll torture --only thaw --seeds 3",
            await SaidAsync("torture --only thaw --seeds 3")
        );

    // The last line, without the folders of the program.
    private static async Task<string> SaidAsync(string words)
    {
        var folder = PrivateFolder.CreateTemporary("glancy-door");
        try
        {
            var stand = Path.Combine(folder, "dotnet");
            await File.WriteAllTextAsync(
                stand,
                "#!/bin/sh\n[ \"$1\" != --list-sdks ] || { echo '10.0.100 [/sdk]'; exit; }\nprintf '%s\\n' "
                    + "\"${1##*/}${2+ }$(shift; printf '%s' \"$*\")\"\n",
                Token
            );
            File.SetUnixFileMode(stand, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var start = new ProcessStartInfo(Path.Combine(RepositoryRoot.Find(), "glancy"), words.Split(' '))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["PATH"] = folder + ":" + Environment.GetEnvironmentVariable("PATH");
            using var process = Process.Start(start) ?? throw new InvalidOperationException("glancy was not started.");
            var errors = process.StandardError.ReadToEndAsync(Token);
            var said = await process.StandardOutput.ReadToEndAsync(Token);
            await process.WaitForExitAsync(Token);
            Assert.True(process.ExitCode == 0, await errors);
            return said.TrimEnd().Split('\n')[^1];
        }
        finally
        {
            PrivateFolder.Delete(folder);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
