using Glancy.Bot.Tests.Crash.Torture;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Glancy.Bot.Tests;

/// <summary>
/// The tests, as every xUnit project starts them; and <c>torture</c>, which plays their crash harness for longer than a
/// build can.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args switch
        {
            ["torture", .. var words] => TortureCommand.RunAsync(words, Console.Out, Console.Error),
            _ when args.Any(a => a is "--server" or "--internal-msbuild-node") => TestPlatformTestFramework.RunAsync(
                args,
                SelfRegisteredExtensions.AddSelfRegisteredExtensions
            ),
            _ => ConsoleRunner.Run(args),
        };
}
