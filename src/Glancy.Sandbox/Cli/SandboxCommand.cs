using System.CommandLine;
using System.Globalization;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Cli;

/// <summary>The sandbox's command line: <c>up</c>, and what can be asked of a world that is up.</summary>
internal static class SandboxCommand
{
    public static RootCommand Build(SandboxWords words)
    {
        var dir = new Option<string>("--dir")
        {
            Description = words.Say("世界的文件夹。", "The world's folder."),
            Recursive = true,
            DefaultValueFactory = _ => WorldFolder.Default,
        };
        var lang = new Option<string>("--lang")
        {
            Description = words.Say("zh 或 en；不给则按本机语言。", "zh or en; the locale's without it."),
            Recursive = true,
        };
        lang.AcceptOnlyFromAmong("zh", "en", "zh-CN", "en-US");
        var root = new RootCommand(
            words.Say(
                "一个文件夹里的 Glancy 生产环境：真的 PostgreSQL、Prometheus、Redis 和 sshd，背后是模型。",
                "Glancy's production in a folder: real PostgreSQL, Prometheus, Redis and sshd, and a model behind them."
            )
        )
        {
            UpCommand.Build(dir, words),
            StoryCommand.Build(dir),
            Plain(
                "status",
                words.Say("一眼看世界。", "The world at a glance."),
                (world, token) => world.StatusAsync(token)
            ),
            Plain(
                "effects",
                words.Say("对生产做过什么，按顺序。", "What was done to production, in order."),
                (world, token) => world.EffectsAsync(token)
            ),
            Plain("down", words.Say("结束世界。", "End the world."), (world, token) => world.DownAsync(token)),
            Plain(
                "cut-ssh",
                words.Say("切断跳板机上打开的连接。", "Cut the bastion's open connections."),
                (world, token) => world.SendAsync(HttpMethod.Post, "/world/cut-ssh", token)
            ),
            Named(
                "kill-replica",
                words.Say("对一个副本 kill -9。", "kill -9 of a replica."),
                "id",
                (world, id, token) =>
                    world.SendAsync(HttpMethod.Post, $"/world/replicas/{Uri.EscapeDataString(id)}/kill", token)
            ),
            Named(
                "start-replica",
                words.Say("启动一个副本，或重启死掉的。", "Start a replica, or one that died again."),
                "id",
                (world, id, token) =>
                    world.SendAsync(HttpMethod.Post, $"/world/replicas/{Uri.EscapeDataString(id)}/start", token)
            ),
            Named(
                "restart",
                words.Say("让一个服务崩溃并重启。", "Crash and restart a service."),
                "service",
                (world, service, token) => world.SendAsync(HttpMethod.Post, $"/world/restart/{service}", token),
                "postgres",
                "prometheus",
                "redis"
            ),
            Fault(),
            AlertsCommand.Build(Of, words),
            Act(),
            Clock(),
            SlackCommand.Build(Of, words),
        };
        root.Options.Add(dir);
        root.Options.Add(lang);
        return root;

        RunningWorld Of(ParseResult parsed) =>
            new(
                parsed.GetValue(dir) ?? WorldFolder.Default,
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error,
                words
            );

        Command Plain(string name, string description, Func<RunningWorld, CancellationToken, Task<int>> act)
        {
            var command = new Command(name, description);
            command.SetAction((parsed, token) => act(Of(parsed), token));
            return command;
        }

        Command Named(
            string name,
            string description,
            string what,
            Func<RunningWorld, string, CancellationToken, Task<int>> act,
            params string[] allowed
        )
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
            var intensity = new Option<double>("--intensity")
            {
                Description = words.Say("1 即所述强度。", "1 is as described."),
                DefaultValueFactory = _ => 1,
            };
            var on = new Command("on", words.Say("打开一个故障。", "Switch a fault on.")) { name, intensity };
            on.SetAction(
                (parsed, token) =>
                    Of(parsed)
                        .SendAsync(
                            HttpMethod.Put,
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"/world/faults/{Uri.EscapeDataString(parsed.GetValue(name) ?? "")}"
                                    + $"?intensity={parsed.GetValue(intensity)}"
                            ),
                            token
                        )
            );
            return new Command("fault", words.Say("出什么事。", "What goes wrong."))
            {
                Plain(
                    "list",
                    words.Say("所有故障，及哪些开着。", "Every fault, and which are on."),
                    (world, token) => world.FaultsAsync(token)
                ),
                on,
                Named(
                    "off",
                    words.Say("关掉一个故障。", "Switch a fault off."),
                    "name",
                    (world, fault, token) =>
                        world.SendAsync(HttpMethod.Delete, $"/world/faults/{Uri.EscapeDataString(fault)}", token)
                ),
            };
        }

        Command Act()
        {
            var what = new Argument<string[]>("what")
            {
                Description =
                    "scale <deployment> <replicas> | restart <deployment> | poller on|off "
                    + "| circuit open | backup <kind>",
                Arity = ArgumentArity.OneOrMore,
            };
            var by = new Option<string>("--by")
            {
                Description = words.Say("由谁来做（登录名）。", "Login of who does it."),
                DefaultValueFactory = _ => "bastion",
            };
            var act = new Command(
                "act",
                words.Say("手动做一个人会在集群里做的事。", "Do by hand what a person would do in the cluster.")
            )
            {
                what,
                by,
            };
            act.SetAction(
                (parsed, token) =>
                    Of(parsed)
                        .SendAsync(
                            HttpMethod.Post,
                            $"/world/act?actor={Uri.EscapeDataString(parsed.GetValue(by) ?? "")}"
                                + string.Concat(
                                    (parsed.GetValue(what) ?? []).Select(w => "&arg=" + Uri.EscapeDataString(w))
                                ),
                            token
                        )
            );
            return act;
        }

        Command Clock()
        {
            var rate = new Argument<double>("rate");
            var run = new Command("rate", words.Say("真实一秒等于世界几秒。", "World seconds per real second."))
            {
                rate,
            };
            run.SetAction(
                (parsed, token) =>
                    Of(parsed)
                        .SendAsync(
                            HttpMethod.Put,
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"/world/clock/rate?rate={parsed.GetValue(rate)}"
                            ),
                            token
                        )
            );
            return new Command("clock", words.Say("世界的时间。", "The world's time."))
            {
                run,
                Plain(
                    "pause",
                    words.Say("让它停住。", "Let it stand."),
                    (world, token) => world.SendAsync(HttpMethod.Put, "/world/clock/rate?rate=0", token)
                ),
                Move(
                    "advance",
                    words.Say("经历这段时间；机器人做到期的事。", "Go through the time; the bots do what is due.")
                ),
                Move("jump", words.Say("一下子跳过这段时间。", "Leap over the time at once.")),
            };
        }

        Command Move(string name, string description)
        {
            var duration = new Argument<TimeSpan>("duration")
            {
                Description = words.Say("如 90s、20m、1h30m。", "Such as 90s, 20m, 1h30m."),
                CustomParser = result =>
                {
                    var parsed = Durations.Parse(result.Tokens[0].Value);
                    if (parsed is null)
                    {
                        result.AddError(
                            words.Say(
                                $"“{result.Tokens[0].Value}”不是时长；请写成 90s、20m 或 1h30m。",
                                $"'{result.Tokens[0].Value}' is no duration; write it like 90s, 20m or 1h30m."
                            )
                        );
                    }

                    return parsed ?? TimeSpan.Zero;
                },
            };
            var command = new Command(name, description) { duration };
            command.SetAction(
                (parsed, token) =>
                    Of(parsed)
                        .SendAsync(
                            HttpMethod.Post,
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"/world/clock/{name}?seconds={parsed.GetValue(duration).TotalSeconds}"
                            ),
                            token
                        )
            );
            return command;
        }
    }
}
