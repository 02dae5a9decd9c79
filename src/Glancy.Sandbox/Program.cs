using System.CommandLine;
using System.Globalization;
using Glancy.Sandbox.Cli;

var words = SandboxWords.Of(args, Environment.GetEnvironmentVariable);
CultureInfo.CurrentUICulture = words.Culture;

// After Ctrl-C a world still has its services to stop, in order.
return await SandboxCommand
    .Build(words)
    .Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
