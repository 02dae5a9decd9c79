using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Glancy.Sandbox.Slack.Page;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Cli;

/// <summary><c>up</c>: brings a world up and keeps it until Ctrl-C, <c>down</c>, or the end of the terminal.</summary>
internal static class UpCommand
{
    private const int Failed = 1;
    private const int UsualPort = 7080;

    public static Command Build(Option<string> dir, SandboxWords words)
    {
        var replicas = new Option<int>("--replicas")
        {
            Description = words.Say("机器人的副本数。", "Replicas of the bot."),
            DefaultValueFactory = _ => 2,
        };
        var rate = new Option<double>("--rate")
        {
            Description = words.Say("真实一秒等于世界几秒；0 为暂停。", "World seconds per real second; 0 is paused."),
            DefaultValueFactory = _ => 6,
        };
        var seed = new Option<long>("--seed")
        {
            Description = words.Say("世界的随机种子。", "Seed of the world's chance."),
            DefaultValueFactory = _ => 1,
        };
        var bot = new Option<string?>("--bot")
        {
            Description = words.Say("Glancy.Bot.dll 的路径。", "Path of Glancy.Bot.dll."),
        };
        var root = new Option<string?>("--root")
        {
            Description = words.Say("仓库的文件夹。", "The repository's folder."),
        };
        var beginning = new Option<Beginning>("--begin")
        {
            Description = words.Say(
                "BadRelease、Overload、GoodRelease 或 Quiet。",
                "BadRelease, Overload, GoodRelease or Quiet."
            ),
            DefaultValueFactory = _ => Beginning.BadRelease,
        };
        var noSlack = new Option<bool>("--no-slack")
        {
            Description = words.Say("这个世界没有 Slack。", "No Slack in this world."),
        };
        var once = new Option<bool>("--once-ready")
        {
            Description = words.Say("一切就绪后立即结束。", "End as soon as everything is up."),
        };
        var port = new Option<int?>("--page-port")
        {
            Description = words.Say(
                $"Slack 页面的端口；不给则 {UsualPort}，被占用时任取一个。",
                $"Port of the Slack page; without it {UsualPort}, or any when that is taken."
            ),
        };
        var quiet = new Option<bool>("--quiet")
        {
            Description = words.Say("就绪时什么都不打印。", "Print nothing when it is up."),
        };
        var command = new Command("up", words.Say("建立世界；Ctrl-C 结束。", "Bring the world up; Ctrl-C ends it."))
        {
            replicas,
            rate,
            seed,
            bot,
            root,
            beginning,
            noSlack,
            port,
            once,
            quiet,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    new WorldOptions(parsed.GetValue(dir) ?? WorldFolder.Default)
                    {
                        Root = parsed.GetValue(root),
                        BotDll = parsed.GetValue(bot),
                        Replicas = parsed.GetValue(replicas),
                        Rate = parsed.GetValue(rate),
                        Seed = parsed.GetValue(seed),
                        Beginning = parsed.GetValue(beginning),
                        MonthBefore = true,
                        Slack = !parsed.GetValue(noSlack),
                        Language = words.Chinese ? null : "en-US",
                        Alerts = true,
                        // Keys of the page's forms live as long as the page; nobody has to be told of them.
                        Logging = LoggerFactory.Create(log =>
                            log.AddSimpleConsole(c => c.SingleLine = true)
                                .SetMinimumLevel(LogLevel.Warning)
                                .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
                        ),
                    },
                    words,
                    parsed.GetValue(port),
                    parsed.GetValue(once),
                    parsed.GetValue(quiet),
                    parsed.InvocationConfiguration.Output,
                    parsed.InvocationConfiguration.Error,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        WorldOptions options,
        SandboxWords words,
        int? port,
        bool once,
        bool quiet,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var hangup = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP,
            signal =>
            {
                signal.Cancel = true;
                leaving.Cancel();
            }
        );
        if (options.Slack && port is > 0 && IsTaken(port.Value))
        {
            await errors.WriteLineAsync(
                words.Say(
                    $"端口 {port} 已被占用；用 --page-port 另选一个。",
                    $"Port {port} is taken; choose another with --page-port."
                )
            );
            return Failed;
        }

        var watch = Stopwatch.StartNew();
        try
        {
            await using var world = await World.StartAsync(
                options,
                part =>
                {
                    if (!quiet)
                    {
                        output.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"  {part.Name, -12} {part.Took.TotalSeconds, 5:0.00} s"
                            )
                        );
                    }
                },
                leaving.Token
            );
            var (open, moved) = port is null && IsTaken(UsualPort) ? (0, true) : (port ?? UsualPort, false);
            await using var page = options.Slack
                ? await PageServer.StartAsync(
                    Seat.Of(world, options.Replicas > 0 ? BotCommand.Find(options.BotDll) : null),
                    open,
                    options.Logging,
                    leaving.Token
                )
                : null;
            if (!quiet)
            {
                await output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {words.Say("全部      ", "everything")}   {watch.Elapsed.TotalSeconds, 5:0.00} s\n"
                    )
                );
                if (moved && page is not null)
                {
                    await output.WriteLineAsync(
                        words.Say(
                            $"{UsualPort} 已被占用；页面在 {page.Url.AbsoluteUri}",
                            $"{UsualPort} is taken; the page is at {page.Url.AbsoluteUri}"
                        )
                    );
                }

                await output.WriteLineAsync(
                    Banner.Of(options.Beginning, world.Prometheus.Url, world.Folder.Path, page?.Url, words)
                );
            }

            if (!once)
            {
                await Task.WhenAny(world.Ended, Task.Delay(Timeout.Infinite, leaving.Token));
            }

            return 0;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception failed) when (failed is InvalidOperationException or IOException or TimeoutException)
        {
            await errors.WriteLineAsync(failed.Message);
            return Failed;
        }
    }

    // Asked first: a server that cannot listen tells the console so at length.
    private static bool IsTaken(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
