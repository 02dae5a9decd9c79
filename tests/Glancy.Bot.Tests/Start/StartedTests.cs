using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;

namespace Glancy.Bot.Tests.Start;

/// <summary>What is only seen with a database: a port that somebody has, and who may connect to the socket.</summary>
public sealed class StartedTests : IAsyncLifetime
{
    private readonly string folder = PrivateFolder.CreateTemporary("glancy-started");
    private PostgresServer? postgres;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        postgres = await PostgresServer.StartAsync(new PostgresOptions(Path.Combine(folder, "postgres")), Token);

    public async ValueTask DisposeAsync()
    {
        await (postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
        PrivateFolder.Delete(folder);
    }

    [Theory]
    [InlineData("Slack__Listen")]
    [InlineData("Alerts__Listen")]
    public async Task A_port_that_is_taken_is_one_line(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).ToString();
        var settings = Settings();
        settings[setting] = taken;
        settings["Alerts__Token"] = "0123456789abcdef";
        settings["Slack__Channel"] = "C1";
        settings["Slack__TeamId"] = "T1";
        settings["Slack__SigningSecret"] = "secret";
        settings["Slack__BotToken"] = "xoxb-1";
        settings["Slack__ApiBase"] = "http://127.0.0.1:9/api/";
        var (exit, _, errors) = await BotProcess.RunAsync(settings);
        Assert.Equal(78, exit);
        Assert.Equal($"{setting}={taken}: another process listens there", Assert.Single(errors));
    }

    [Fact]
    public async Task Every_account_of_the_host_may_connect_to_the_socket()
    {
        var settings = Settings();
        var socket = settings["Glancy__Socket"] ?? "";
        using var bot = BotProcess.Start(settings);
        try
        {
            await Wait.UntilAsync(
                () =>
                    bot.HasExited
                    || (File.Exists(socket) && File.GetUnixFileMode(socket).HasFlag(UnixFileMode.OtherWrite)),
                "the socket is open",
                Token
            );
            Assert.Equal(
                "666",
                Convert.ToString((int)File.GetUnixFileMode(socket), 8).ToString(CultureInfo.InvariantCulture)
            );

            // Who is root may be somebody else; anybody else can only be themselves.
            string[] nobody = Account.IsRoot
                ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
                : [];
            string[] curl =
            [
                .. nobody,
                "curl",
                "--silent",
                "--max-time",
                "20",
                "--unix-socket",
                socket,
                "--write-out",
                "%{http_code}",
                "http://bot/healthz/live",
            ];
            var start = new ProcessStartInfo(curl[0], curl.Skip(1))
            {
                RedirectStandardOutput = true,
                WorkingDirectory = "/",
            };
            using var asking = Process.Start(start) ?? throw new InvalidOperationException("curl did not start.");
            var said = await asking.StandardOutput.ReadToEndAsync(Token);
            await asking.WaitForExitAsync(Token);
            Assert.Equal("200", said);
        }
        finally
        {
            bot.Kill();
            await bot.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Dictionary<string, string?> Settings()
    {
        var databases = (postgres ?? throw new InvalidOperationException("There is no PostgreSQL.")).Databases;
        return new Dictionary<string, string?>(BotProcess.Fine(folder))
        {
            ["Glancy__Database"] = databases.BotRuntime,
            ["Glancy__MigratorDatabase"] = databases.BotMigrator,
            ["Glancy__ProductDatabase"] = databases.ProductOps,
        };
    }
}
