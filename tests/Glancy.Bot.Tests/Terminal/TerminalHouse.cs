using System.Globalization;
using Glancy.Bot.Commands;
using Glancy.Bot.Terminal;
using Glancy.Ops;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Roster;
using Glancy.Ops.Roster.Sources;
using Glancy.Runbook.Roster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Glancy.Bot.Tests.Terminal;

/// <summary>
/// The terminal's endpoint on a real unix socket, with the shipped runbook and a database that nobody answers.
/// </summary>
public sealed class TerminalHouse : IAsyncDisposable
{
    private readonly WebApplication app;

    private TerminalHouse(WebApplication app, string folder)
    {
        this.app = app;
        Folder = folder;
    }

    /// <summary>The shipped runbook.</summary>
    public static string Runbook { get; } = Path.Combine(Root(), "runbook");

    public string Folder { get; }

    public string Socket => Path.Combine(Folder, "a.sock");

    // Port 1 of the loopback: refused at once, as with a database that is down.
    private const string Nobody = "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2";

    /// <param name="environment"><c>sandbox</c> or another.</param>
    /// <param name="database">The bot's, by its runtime role; one that nobody answers when left out.</param>
    public static async Task<TerminalHouse> StartAsync(string environment = "sandbox", string database = Nobody)
    {
        var folder = Directory.CreateTempSubdirectory("glancy-terminal-").FullName;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            (KestrelServerOptions kestrel) => kestrel.ListenUnixSocket(Path.Combine(folder, "a.sock"))
        );
        var runbook =
            OpsServices.FilesAlone().Load(Runbook).Content
            ?? throw new InvalidOperationException("The shipped runbook has problems.");
        var services = builder.Services;
        services.AddGlancyBotCommands();
        var operations = new ServiceCollection().AddGlancyOps(Settings(environment, database), runbook);
        foreach (var service in operations.Where(service => service.ServiceType != typeof(IHostedService)))
        {
            // Nothing works by itself here.
            services.Add(service);
        }

        services.AddSingleton<TimeProvider>(
            new FakeTimeProvider(new DateTimeOffset(2025, 4, 18, 1, 32, 5, TimeSpan.Zero))
        );
        services
            .AddSingleton<IRosterOverrides, NoOverrides>()
            .AddSingleton<IRosterTurns, NoTurns>()
            .AddSingleton<IAcceptances, NeverAccepted>();

        // What has a defect: nobody expected it.
        services.AddSingleton<HookSnapshots>(_ => throw new InvalidOperationException("A defect of the hooks."));
        services.AddSingleton(Mock.Of<IBastion>()).AddSingleton<IAuditAnchors, NoAnchors>();
        var app = builder.Build();
        app.MapTerminal();
        await app.StartAsync();
        return new TerminalHouse(app, folder);
    }

    private static IConfiguration Settings(string environment, string database) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Environment"] = environment,
                    ["Database"] = database,
                    ["ProductDatabase"] = Nobody,
                    ["PrometheusUrl"] = "http://127.0.0.1:1",
                    ["ProductUrl"] = "http://127.0.0.1:1",
                    ["Runbook"] = Path.Combine(Root(), "runbook"),
                    ["Socket"] = "/nowhere",
                    ["Bastion:Host"] = "127.0.0.1",
                    ["Bastion:User"] = "nobody",
                    ["Bastion:KeyFile"] = "/nowhere",
                    ["Bastion:HostKey"] = new string('A', 43),
                }
            )
            .Build();

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Says words as the client does.</summary>
    public Task<(int Exit, string Out, string Err)> SayAsync(IReadOnlyList<string> words) =>
        SayAsync(words, "en-US", null, null);

    /// <summary>Says a line as the client does.</summary>
    /// <param name="program">How the asker started it; null where it is on PATH.</param>
    public Task<(int Exit, string Out, string Err)> SayAsync(
        string line,
        string? culture = "en-US",
        IReadOnlyList<string>? sockets = null,
        string? program = null
    ) => SayAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), culture, sockets, program);

    private async Task<(int Exit, string Out, string Err)> SayAsync(
        IReadOnlyList<string> words,
        string? culture,
        IReadOnlyList<string>? sockets,
        string? program
    )
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        var environment = new TerminalEnvironment(sockets ?? [Socket], culture, 100, false) { Program = program };
        var exit = await TerminalClient.RunAsync(
            words,
            environment,
            output,
            errors,
            TestContext.Current.CancellationToken
        );
        return (exit, output.ToString(), errors.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private sealed class NoOverrides : IRosterOverrides
    {
        public Task<IReadOnlyList<EnteredOverride>> AtAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<EnteredOverride>>([]);

        public Task<IReadOnlyList<EnteredOverride>> FromAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
            AtAsync(at, cancellationToken);
    }

    private sealed class NoTurns : IRosterTurns
    {
        public Task<HeardRoster> KnownAsync(
            IReadOnlyList<RosterSource> sources,
            DateTimeOffset at,
            CancellationToken cancellationToken
        ) => Task.FromResult(HeardRoster.Nothing);
    }

    private sealed class NeverAccepted : IAcceptances
    {
        public Task<DateTimeOffset?> AcceptedAsync(DateTimeOffset boundary, CancellationToken cancellationToken) =>
            Task.FromResult<DateTimeOffset?>(null);
    }

    private sealed class NoAnchors : IAuditAnchors
    {
        public Task<IReadOnlyList<AuditHead>?> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AuditHead>?>(null);
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "", "..", "..", ".."));
}
