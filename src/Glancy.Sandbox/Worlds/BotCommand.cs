using System.Globalization;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Worlds;

/// <summary>How a replica is started in a world.</summary>
public static class BotCommand
{
    private const string Assembly = "Glancy.Bot.dll";

    /// <summary>Path of the bot: as given, by <c>GLANCY_BOT_DLL</c>, or built beside the sandbox.</summary>
    /// <exception cref="FileNotFoundException">It is nowhere; the message says where was looked.</exception>
    public static string Find(string? given)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        // bin/Glancy.Sandbox/debug with an artifacts folder, src/Glancy.Sandbox/bin/Debug/net10.0 without.
        string?[] candidates =
        [
            given,
            Environment.GetEnvironmentVariable("GLANCY_BOT_DLL"),
            Path.Combine(here.FullName, Assembly),
            Path.Combine(here.FullName, "..", "..", "Glancy.Bot", here.Name, Assembly),
            Path.Combine(
                here.FullName,
                "..",
                "..",
                "..",
                "..",
                "Glancy.Bot",
                "bin",
                here.Parent?.Name ?? "Debug",
                here.Name,
                Assembly
            ),
        ];
        var wanted = candidates.Where(c => !string.IsNullOrEmpty(c)).OfType<string>().Select(Path.GetFullPath).ToList();
        return (given is null ? wanted : wanted.Take(1)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"{Assembly} was not found; build it, or say where with --bot. Looked at: {string.Join(", ", wanted)}"
            );
    }

    public static IReadOnlyList<string> Of(string dll) =>
        [
            Programs.Find("dotnet", "dotnet-sdk-10.0", Path.GetDirectoryName(Environment.ProcessPath) ?? "/usr/bin"),
            dll,
            "serve",
        ];

    /// <summary>
    /// For one that soon ends: better code later is of no use to it, nor anybody interested in what went well.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Brief { get; } =
        new Dictionary<string, string>
        {
            ["DOTNET_TC_CallCounting"] = "0",
            ["Serilog__MinimumLevel__Default"] = "Warning",
        };

    /// <summary>What the bot is told through its environment.</summary>
    public static Dictionary<string, string> Settings(
        ReplicaPlace place,
        WorldDatabases databases,
        Uri prometheus,
        Uri product,
        BastionServer bastion,
        string runbook
    ) =>
        new()
        {
            ["Glancy__Environment"] = "sandbox",
            ["Glancy__ReplicaId"] = place.Id,
            ["Glancy__Database"] = databases.BotRuntime,
            ["Glancy__MigratorDatabase"] = databases.BotMigrator,
            ["Glancy__ProductDatabase"] = databases.ProductOps,
            ["Glancy__PrometheusUrl"] = Origin(prometheus),
            ["Glancy__ProductUrl"] = Origin(product),
            ["Glancy__Runbook"] = runbook,
            ["Glancy__Socket"] = place.Socket,
            ["Glancy__KillFile"] = place.KillFile,
            ["Glancy__WorldClock"] = "true",
            ["Glancy__RowLease"] = "00:00:15",
            ["Glancy__WakeInterval"] = "00:00:01",
            ["Glancy__Bastion__Host"] = "127.0.0.1",
            ["Glancy__Bastion__Port"] = bastion.Port.ToString(CultureInfo.InvariantCulture),
            ["Glancy__Bastion__User"] = bastion.User,
            ["Glancy__Bastion__KeyFile"] = bastion.KeyFile,
            ["Glancy__Bastion__HostKey"] = bastion.HostKeyFingerprint,
        };

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
