using Glancy.Sandbox.Tests;
using Glancy.Sandbox.Tests.Worlds;

if (args is ["serve"])
{
    return await StandInBot.ServeAsync();
}

return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args,
        SelfRegisteredExtensions.AddSelfRegisteredExtensions
    )
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
