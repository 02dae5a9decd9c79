using Glancy.Bot.Ack;
using Glancy.Bot.Alerts;
using Glancy.Bot.Commands;
using Glancy.Bot.Pager;
using Glancy.Bot.Slack;
using Glancy.Bot.Terminal;
using Glancy.Bot.Time;
using Glancy.Ops;
using Glancy.Ops.Alerts;
using Glancy.Ops.Database;
using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Formatting.Compact;

namespace Glancy.Bot;

/// <summary>The composition root: one replica of the bot.</summary>
public static class Replica
{
    private const int WrongSettings = 78;

    /// <summary>Runs a replica until it is told to stop.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSerilog((_, logging) => logging
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(new CompactJsonFormatter()));
        var settings = builder.Configuration.GetSection("Glancy");
        builder.Services.AddGlancyOps(settings, runbook: null);
        builder.Services.AddGlancyBotCommands();
        builder.WebHost.ConfigureKestrel((_, kestrel) => kestrel.ListenUnixSocket(FreshSocket(settings["Socket"] ?? "")));
        var slack = builder.AddSlackDoor();
        var alerts = builder.AddAlertDoor();

        await using var app = builder.Build();
        GlancyOptions options;
        try
        {
            options = app.Services.GetRequiredService<IOptions<GlancyOptions>>().Value;
            _ = app.Services.GetRequiredService<IOptions<AlertsOptions>>().Value;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return WrongSettings;
        }

        if (options.MigratorDatabase.Length > 0)
        {
            await Schema.MigrateAsync(options.MigratorDatabase, CancellationToken.None);
        }

        if (await app.Services.GetRequiredService<VersionLook>().BeginAsync(CancellationToken.None) is { Count: > 0 } problems)
        {
            await ReportAsync(problems);
            return WrongSettings;
        }

        NetworkDoors.Guard(app, new[] { (slack, SlackDoors.Prefix), (slack, AckDoor.Prefix), (slack, PagerDoor.Prefix), (alerts, AlertDoor.Prefix) }.Where(d => d.Item1 is not null).Select(d => (d.Item1 ?? "", d.Item2)));
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
        if (!options.Production && options.WorldClock)
        {
            app.MapWorldClock();
        }

        await app.RunAsync();
        return 0;
    }

    /// <summary>Brings the bot's database to this build's shape.</summary>
    public static async Task<int> MigrateAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        if (configuration["Glancy:MigratorDatabase"] is not { Length: > 0 } connection)
        {
            await Console.Error.WriteLineAsync("Glancy__MigratorDatabase is not set.");
            return WrongSettings;
        }

        await Schema.MigrateAsync(connection, CancellationToken.None);
        return 0;
    }

    /// <summary>Says how the program is called.</summary>
    public static int Usage()
    {
        Console.Error.WriteLine("usage: Glancy.Bot serve | terminal -- <words> | migrate");
        return 64;
    }

    // A socket file outlives the process that was killed; nobody listens on it any more.
    private static string FreshSocket(string path)
    {
        File.Delete(path);
        return path;
    }

    private static async Task ReportAsync(IReadOnlyList<RunbookProblem> problems)
    {
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync($"{problem.File}:{problem.Line}: {problem.Code} {string.Join(", ", problem.Arguments)}");
        }
    }
}
