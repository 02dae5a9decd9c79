using Glancy.Sandbox.Cli;

return await SandboxCommand.Build().Parse(args).InvokeAsync();
