using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Slack.Page;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Cli;

/// <summary><c>up</c>: brings a world up and keeps it until Ctrl-C, <c>down</c>, or the end of the terminal.</summary>
public static class UpCommand
{
    private const int Failed = 1;
    private const int UsualPort = 7080;

    public static Command Build(Option<string> dir)
    {
        ArgumentNullException.ThrowIfNull(dir);
        var replicas = new Option<int>("--replicas") { Description = "Replicas of the bot.", DefaultValueFactory = _ => 2 };
        var rate = new Option<double>("--rate") { Description = "World seconds per real second; 0 is paused.", DefaultValueFactory = _ => 6 };
        var seed = new Option<long>("--seed") { Description = "Seed of the world's chance.", DefaultValueFactory = _ => 1 };
        var bot = new Option<string?>("--bot") { Description = "Path of Glancy.Bot.dll." };
        var root = new Option<string?>("--root") { Description = "The repository's folder." };
        var beginning = new Option<Beginning>("--begin") { Description = "BadRelease, Overload, GoodRelease or Quiet.", DefaultValueFactory = _ => Beginning.BadRelease };
        var noSlack = new Option<bool>("--no-slack") { Description = "No Slack in this world." };
        var once = new Option<bool>("--once-ready") { Description = "End as soon as everything is up." };
        var port = new Option<int?>("--page-port") { Description = $"Port of the Slack page; without it {UsualPort}, or any when that is taken." };
        var quiet = new Option<bool>("--quiet") { Description = "Print nothing when it is up." };
        var command = new Command("up", "Bring the world up; Ctrl-C ends it.") { replicas, rate, seed, bot, root, beginning, noSlack, port, once, quiet };
        command.SetAction((parsed, cancellationToken) => RunAsync(
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
                Alerts = true,
                Logging = LoggerFactory.Create(log => log.AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(LogLevel.Warning)),
            },
            parsed.GetValue(port),
            parsed.GetValue(once),
            parsed.GetValue(quiet),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(WorldOptions options, int? port, bool once, bool quiet, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            leaving.Cancel();
        });
        var watch = Stopwatch.StartNew();
        try
        {
            await using var world = await World.StartAsync(
                options,
                part =>
                {
                    if (!quiet)
                    {
                        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {part.Name,-12} {part.Took.TotalSeconds,5:0.00} s"));
                    }
                },
                leaving.Token);
            await using var page = options.Slack ? await OpenPageAsync(Seat.Of(world, options.Replicas > 0 ? BotCommand.Find(options.BotDll) : null), port, options.Logging, leaving.Token) : null;
            if (!quiet)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  everything   {watch.Elapsed.TotalSeconds,5:0.00} s\n"));
                await output.WriteLineAsync(Next(world, page));
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

    private static async Task<PageServer> OpenPageAsync(Seat seat, int? port, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        try
        {
            return await PageServer.StartAsync(seat, port ?? UsualPort, logging, cancellationToken);
        }
        catch (IOException) when (port is null)
        {
            // Another world has it.
            return await PageServer.StartAsync(seat, 0, logging, cancellationToken);
        }
    }

    private static string Next(World world, PageServer? page) => Embedded.Text("next-steps.txt")
        .Replace("@BROWSER@", page is null ? "" : Embedded.Text("next-steps-page.txt").Replace("@PAGE@", page.Url.AbsoluteUri, StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace("@FOLDER@", world.Folder.Path, StringComparison.Ordinal)
        .Replace("@SOCKETS@", world.Sockets, StringComparison.Ordinal)
        .Replace("@PROMETHEUS@", world.Prometheus.Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
        .TrimEnd();
}
