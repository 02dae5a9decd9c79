using System.CommandLine;
using System.Globalization;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Cli;

/// <summary>The sandbox's command line: <c>up</c>, and what can be asked of a world that is up.</summary>
public static class SandboxCommand
{
    public static RootCommand Build()
    {
        var dir = new Option<string>("--dir")
        {
            Description = "The world's folder.",
            Recursive = true,
            DefaultValueFactory = _ => WorldFolder.Default,
        };
        var root = new RootCommand("Glancy's production in a folder: real PostgreSQL, Prometheus, Redis and sshd, and a model behind them.")
        {
            UpCommand.Build(dir),
            StoryCommand.Build(dir),
            Plain("status", "The world at a glance.", (world, token) => world.StatusAsync(token)),
            Plain("effects", "What was done to production, in order.", (world, token) => world.EffectsAsync(token)),
            Plain("down", "End the world.", (world, token) => world.DownAsync(token)),
            Plain("cut-ssh", "Cut the bastion's open connections.", (world, token) => world.SendAsync(HttpMethod.Post, "/world/cut-ssh", token)),
            Named("kill-replica", "kill -9 of a replica.", "id", (world, id, token) => world.SendAsync(HttpMethod.Post, $"/world/replicas/{Uri.EscapeDataString(id)}/kill", token)),
            Named("start-replica", "Start a replica, or one that died again.", "id", (world, id, token) => world.SendAsync(HttpMethod.Post, $"/world/replicas/{Uri.EscapeDataString(id)}/start", token)),
            Named("restart", "Crash and restart a service.", "service", (world, service, token) => world.SendAsync(HttpMethod.Post, $"/world/restart/{service}", token), "postgres", "prometheus", "redis"),
            Fault(),
            AlertsCommand.Build(Of),
            Act(),
            Clock(),
            SlackCommand.Build(Of),
        };
        root.Options.Add(dir);
        return root;

        RunningWorld Of(ParseResult parsed) => new(parsed.GetValue(dir) ?? WorldFolder.Default, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);

        Command Plain(string name, string description, Func<RunningWorld, CancellationToken, Task<int>> act)
        {
            var command = new Command(name, description);
            command.SetAction((parsed, token) => act(Of(parsed), token));
            return command;
        }

        Command Named(string name, string description, string what, Func<RunningWorld, string, CancellationToken, Task<int>> act, params string[] allowed)
        {
            var argument = new Argument<string>(what);
            if (allowed.Length > 0)
            {
                argument.AcceptOnlyFromAmong(allowed);
            }

            var command = new Command(name, description) { argument };
            command.SetAction((parsed, token) => act(Of(parsed), parsed.GetValue(argument) ?? "", token));
            return command;
        }

        Command Fault()
        {
            var name = new Argument<string>("name");
            var intensity = new Option<double>("--intensity") { Description = "1 is as described.", DefaultValueFactory = _ => 1 };
            var on = new Command("on", "Switch a fault on.") { name, intensity };
            on.SetAction((parsed, token) => Of(parsed).SendAsync(
                HttpMethod.Put,
                string.Create(CultureInfo.InvariantCulture, $"/world/faults/{Uri.EscapeDataString(parsed.GetValue(name) ?? "")}?intensity={parsed.GetValue(intensity)}"),
                token));
            return new Command("fault", "What goes wrong.")
            {
                Plain("list", "Every fault, and which are on.", (world, token) => world.FaultsAsync(token)),
                on,
                Named("off", "Switch a fault off.", "name", (world, fault, token) => world.SendAsync(HttpMethod.Delete, $"/world/faults/{Uri.EscapeDataString(fault)}", token)),
            };
        }

        Command Act()
        {
            var words = new Argument<string[]>("what")
            {
                Description = "scale <deployment> <replicas> | restart <deployment> | poller on|off | circuit open | backup <kind>",
                Arity = ArgumentArity.OneOrMore,
            };
            var by = new Option<string>("--by") { Description = "Login of who does it.", DefaultValueFactory = _ => "bastion" };
            var act = new Command("act", "Do by hand what a person would do in the cluster.") { words, by };
            act.SetAction((parsed, token) => Of(parsed).SendAsync(
                HttpMethod.Post,
                $"/world/act?actor={Uri.EscapeDataString(parsed.GetValue(by) ?? "")}&{string.Join('&', (parsed.GetValue(words) ?? []).Select(w => $"arg={Uri.EscapeDataString(w)}"))}",
                token));
            return act;
        }

        Command Clock()
        {
            var rate = new Argument<double>("rate");
            var run = new Command("rate", "World seconds per real second.") { rate };
            run.SetAction((parsed, token) => Of(parsed).SendAsync(HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"/world/clock/rate?rate={parsed.GetValue(rate)}"), token));
            return new Command("clock", "The world's time.")
            {
                run,
                Plain("pause", "Let it stand.", (world, token) => world.SendAsync(HttpMethod.Put, "/world/clock/rate?rate=0", token)),
                Move("advance", "Go through the time; the bots do what is due."),
                Move("jump", "Leap over the time at once."),
            };
        }

        Command Move(string name, string description)
        {
            var duration = new Argument<TimeSpan>("duration")
            {
                Description = "Such as 90s, 20m, 1h30m.",
                CustomParser = result =>
                {
                    var parsed = Durations.Parse(result.Tokens[0].Value);
                    if (parsed is null)
                    {
                        result.AddError($"'{result.Tokens[0].Value}' is no duration; write it like 90s, 20m or 1h30m.");
                    }

                    return parsed ?? TimeSpan.Zero;
                },
            };
            var command = new Command(name, description) { duration };
            command.SetAction((parsed, token) => Of(parsed).SendAsync(
                HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/world/clock/{name}?seconds={parsed.GetValue(duration).TotalSeconds}"), token));
            return command;
        }
    }
}
