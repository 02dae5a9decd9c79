using Glancy.Bot.Ack;
using Glancy.Bot.Alerts;
using Glancy.Bot.Commands;
using Glancy.Bot.Pager;
using Glancy.Bot.Slack;
using Glancy.Bot.Terminal;
using Glancy.Bot.Time;
using Glancy.Ops;
using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Watching;
using Glancy.Runbook;
using Glancy.Slack;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Formatting.Compact;

namespace Glancy.Bot;

/// <summary>The composition root: one replica of the bot.</summary>
internal static class Replica
{
    private const int WrongSettings = 78;

    /// <summary>Runs a replica until it is told to stop; 78 when a setting keeps it from starting.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        try
        {
            return await StartAsync(args);
        }
        catch (Exception failed) when (StartProblems.Of(failed) is { } lines)
        {
            return await RefuseAsync(lines);
        }
    }

    /// <summary>Brings the bot's database to this build's shape.</summary>
    public static async Task<int> MigrateAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        if (configuration["Glancy:MigratorDatabase"] is not { Length: > 0 } connection)
        {
            return await RefuseAsync(["Glancy__MigratorDatabase: is not set"]);
        }

        return await MigrateAsync(connection) is { } problem ? await RefuseAsync([problem]) : 0;
    }

    /// <summary>Says how the program is called.</summary>
    public static int Usage()
    {
        Console.Error.WriteLine("usage: Glancy.Bot serve | terminal -- <words> | migrate");
        return 64;
    }

    private static async Task<int> StartAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        var settings = builder.Configuration.GetSection("Glancy");

        // A start waits for the database and for its own composing; neither needs the other.
        var current = settings[nameof(GlancyOptions.MigratorDatabase)] is { Length: > 0 } migrator
            ? Task.Run(() => Schema.IsCurrentAsync(migrator, CancellationToken.None))
            : Task.FromResult(true);
        builder.Services.AddSerilog(
            (_, logging) =>
                logging
                    .ReadFrom.Configuration(builder.Configuration)
                    .Enrich.FromLogContext()
                    .WriteTo.Console(new CompactJsonFormatter())
        );
        builder.Services.AddGlancyOps(settings, runbook: null);
        builder.Services.AddGlancyBotCommands();
        builder.Services.AddSingleton<BrokenRequests>();
        if (settings["Socket"] is { } socket && Path.IsPathRooted(socket))
        {
            builder.WebHost.ConfigureKestrel((_, kestrel) => kestrel.ListenUnixSocket(socket));
        }

        var slack = builder.AddSlackDoor();
        var alerts = builder.AddAlertDoor();

        WorkAfterDoors.TakeOver(builder.Services);
        await using var app = builder.Build();
        if (Problem(app.Services, slack is not null) is { } wrong)
        {
            return await RefuseAsync([wrong]);
        }

        var options = app.Services.GetRequiredService<IOptions<GlancyOptions>>().Value;
        if (!await current && await MigrateAsync(options.MigratorDatabase) is { } unready)
        {
            return await RefuseAsync([unready]);
        }

        if (await BeginAsync(app.Services) is { Count: > 0 } problems)
        {
            return await RefuseAsync(problems);
        }

        Map(app, options, slack, alerts);
        try
        {
            await app.StartAsync();
        }
        catch (IOException failed)
            when (StartProblems.OfPort(failed, [("Slack__Listen", slack), ("Alerts__Listen", alerts)]) is { } problem)
        {
            return await RefuseAsync([problem]);
        }

        TerminalSocket.Open(options.Socket);
        await app.WaitForShutdownAsync();
        return 0;
    }

    // Reading a section validates it; what is wrong is thrown, and told by StartProblems.
    private static string? Problem(IServiceProvider services, bool hasSlack)
    {
        var options = services.GetRequiredService<IOptions<GlancyOptions>>().Value;
        _ = services.GetRequiredService<IOptions<AlertsOptions>>().Value;
        if (hasSlack)
        {
            _ = services.GetRequiredService<IOptions<SlackDoorOptions>>().Value;
            var api = services.GetRequiredService<IOptions<SlackOptions>>().Value.ApiBase;
            if (options.Sandbox && SandboxFence.SlackProblem(api) is { } problem)
            {
                return "Slack__ApiBase: " + problem;
            }
        }

        return TerminalSocket.Prepare(options.Socket);
    }

    private static void Map(WebApplication app, GlancyOptions options, string? slack, string? alerts)
    {
        NetworkDoors.Guard(
            app,
            new[]
            {
                (slack, SlackDoors.Prefix),
                (slack, AckDoor.Prefix),
                (slack, PagerDoor.Prefix),
                (alerts, AlertDoor.Prefix),
            }
                .Where(d => d.Item1 is not null)
                .Select(d => (d.Item1 ?? "", d.Item2))
        );
        if (slack is not null)
        {
            app.MapSlackDoor();
        }

        if (alerts is not null)
        {
            app.MapAlertDoor();
        }

        app.MapTerminal();
        app.MapHealth();
        if (options is { Sandbox: true, WorldClock: true })
        {
            app.MapWorldClock();
        }
    }

    private static async Task<string?> MigrateAsync(string connection)
    {
        try
        {
            await Schema.MigrateAsync(connection, CancellationToken.None);
            return null;
        }
        catch (Exception failed) when (StartProblems.OfDatabase("Glancy__MigratorDatabase", failed) is { } problem)
        {
            return problem;
        }
    }

    private static async Task<IReadOnlyList<string>> BeginAsync(IServiceProvider services)
    {
        try
        {
            return
            [
                .. (await services.GetRequiredService<VersionLook>().BeginAsync(CancellationToken.None)).Select(Line),
            ];
        }
        catch (Exception failed)
            when (failed is not InvalidOperationException
                && StartProblems.OfDatabase("Glancy__Database", failed) is not null
            )
        {
            return [StartProblems.OfDatabase("Glancy__Database", failed) ?? failed.Message];
        }
    }

    private static string Line(RunbookProblem problem) =>
        $"{problem.File}:{problem.Line}: {problem.Code} {string.Join(", ", problem.Arguments)}";

    private static async Task<int> RefuseAsync(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            await Console.Error.WriteLineAsync(line);
        }

        return WrongSettings;
    }
}
