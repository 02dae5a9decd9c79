using System.CommandLine;
using Glancy.Sandbox.Cli;

// After Ctrl-C a world still has its services to stop, in order.
return await SandboxCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
