using System.Net.Sockets;

namespace Glancy.Bot.Tests.Start;

/// <summary>
/// A setting that keeps the bot from starting is named on a line of its own; nobody who installs it has to read a
/// trace.
/// </summary>
public sealed class StartProblemsTests : IDisposable
{
    private const int WrongSettings = 78;
    private readonly string folder = Directory.CreateTempSubdirectory("glancy-start-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Everything_that_is_not_set_is_named_by_its_variable()
    {
        var settings = BotProcess
            .Fine(folder)
            .Keys.Where(name => name is not ("Glancy__Runbook" or "Glancy__Socket"))
            .ToDictionary(name => name, string? (_) => null);
        var (exit, output, errors) = await BotProcess.RunAsync(settings);
        Assert.Equal(WrongSettings, exit);
        Assert.Empty(output);
        string[] expected =
        [
            "Glancy__Bastion__Host: is not set",
            "Glancy__Bastion__HostKey: is not set",
            "Glancy__Bastion__KeyFile: is not set",
            "Glancy__Bastion__User: is not set",
            "Glancy__Database: is not set",
            "Glancy__ProductDatabase: is not set",
            "Glancy__ProductUrl: is not set",
            "Glancy__PrometheusUrl: is not set",
        ];
        Assert.Equal(expected, errors.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Glancy__RowLease", "soon", "Glancy__RowLease: is no duration (such as 00:00:30)")]
    [InlineData("Glancy__WorldClock", "perhaps", "Glancy__WorldClock: is no true or false")]
    [InlineData("Glancy__Bastion__Port", "ssh", "Glancy__Bastion__Port: is no number")]
    [InlineData("Glancy__Bastion__Port", "0", "Glancy__Bastion__Port: The field Port must be between 1 and 65535.")]
    [InlineData("Glancy__Datbase", "Host=x", "Glancy__Datbase: there is no such setting")]
    [InlineData("Glancy__MaskingKey", "short", "Glancy__MaskingKey: MaskingKey has 16 to 200 characters, or is empty.")]
    [InlineData("Glancy__Pager__Url", "http://pager.example", "Glancy__Pager__Url: Url is no https address.")]
    [InlineData(
        "Alerts__Listen",
        "everywhere",
        "Alerts__Listen: Listen is an address and a port, such as 127.0.0.1:9494."
    )]
    [InlineData("Glancy__Socket", "bot.sock", "Glancy__Socket=bot.sock: must be an absolute path of at most 107 bytes")]
    [InlineData(
        "Glancy__Socket",
        "/no/such/folder/bot.sock",
        "Glancy__Socket=/no/such/folder/bot.sock: the folder /no/such/folder does not exist; create it or set "
            + "another path"
    )]
    [InlineData("Glancy__Socket", "/usr", "Glancy__Socket=/usr: is a folder; name a file in it")]
    [InlineData("Glancy__Database", "postgres://x@y/z", "Glancy__Database: is no connection string: ")]
    [InlineData(
        "Glancy__Database",
        "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2",
        "Glancy__Database: cannot be reached: "
    )]
    [InlineData(
        "Glancy__MigratorDatabase",
        "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2",
        "Glancy__MigratorDatabase: cannot be reached: "
    )]
    public async Task One_wrong_setting_is_one_line(string setting, string value, string line)
    {
        var (exit, output, errors) = await BotProcess.RunAsync(
            new Dictionary<string, string?>(BotProcess.Fine(folder)) { [setting] = value }
        );
        Assert.Equal(WrongSettings, exit);
        Assert.Empty(output);
        var said = Assert.Single(errors);
        Assert.True(
            line.EndsWith(": ", StringComparison.Ordinal)
                ? said.StartsWith(line, StringComparison.Ordinal)
                : said == line,
            said
        );
    }

    [Theory]
    [InlineData("production")]
    [InlineData("Prod")]
    [InlineData("prod ")]
    [InlineData("Sandbox")]
    public async Task The_worlds_clock_is_refused_where_the_sandbox_is_not_named_exactly(string environment)
    {
        var (exit, _, errors) = await BotProcess.RunAsync(
            new Dictionary<string, string?>(BotProcess.Fine(folder))
            {
                ["Glancy__Environment"] = environment,
                ["Glancy__WorldClock"] = "true",
            }
        );
        Assert.Equal(WrongSettings, exit);
        Assert.Equal(
            $"Glancy__WorldClock, Glancy__KillFile: exist only where Environment is exactly sandbox, and it is "
                + $"'{environment}'.",
            Assert.Single(errors)
        );
    }

    [Theory]
    [InlineData(
        "Glancy__Bastion__Host",
        "bastion.example",
        "Glancy__Bastion__Host: ",
        "a bastion outside this machine (bastion.example)"
    )]
    [InlineData(
        "Glancy__Bastion__Host",
        "10.0.0.7",
        "Glancy__Bastion__Host: ",
        "a bastion outside this machine (10.0.0.7)"
    )]
    [InlineData(
        "Glancy__ProductDatabase",
        "Host=db.example;Username=x",
        "Glancy__ProductDatabase: ",
        "a product outside this machine (db.example)"
    )]
    [InlineData(
        "Glancy__ProductDatabase",
        "Host=127.0.0.1,db.example;Username=x",
        "Glancy__ProductDatabase: ",
        "a product outside this machine (127.0.0.1,db.example)"
    )]
    [InlineData(
        "Slack__ApiBase",
        "https://slack.com/api/",
        "Slack__ApiBase: ",
        "a Slack outside this machine (slack.com)"
    )]
    public async Task The_sandboxs_aids_never_stand_beside_anything_real(
        string setting,
        string value,
        string name,
        string what
    )
    {
        var settings = new Dictionary<string, string?>(BotProcess.Fine(folder))
        {
            ["Glancy__Environment"] = "sandbox",
            ["Slack__Listen"] = "127.0.0.1:1",
            ["Slack__Channel"] = "C1",
            ["Slack__TeamId"] = "T1",
            ["Slack__SigningSecret"] = "secret",
            ["Slack__BotToken"] = "xoxb-1",
            ["Slack__ApiBase"] = "http://127.0.0.1:9/api/",
            [setting] = value,
        };
        var (exit, _, errors) = await BotProcess.RunAsync(settings);
        Assert.Equal(WrongSettings, exit);
        Assert.Equal(
            $"{name}Environment is sandbox, where people are stood in for and time is moved: never beside {what}.",
            Assert.Single(errors)
        );
    }

    [Fact]
    public async Task A_slack_without_its_secrets_names_each()
    {
        var (exit, _, errors) = await BotProcess.RunAsync(
            new Dictionary<string, string?>(BotProcess.Fine(folder))
            {
                ["Slack__Listen"] = "127.0.0.1:1",
                ["Slack__Channel"] = "C1",
            }
        );
        Assert.Equal(WrongSettings, exit);
        Assert.Equal(
            ["Slack__BotToken: ", "Slack__SigningSecret: ", "Slack__TeamId: "],
            errors.Select(e => e[..(e.IndexOf(": ", StringComparison.Ordinal) + 2)]).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_socket_that_another_replica_serves_is_left_to_it()
    {
        var path = Path.Combine(folder, "taken.sock");
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(path));
        other.Listen();
        var (exit, _, errors) = await BotProcess.RunAsync(
            new Dictionary<string, string?>(BotProcess.Fine(folder)) { ["Glancy__Socket"] = path }
        );
        Assert.Equal(WrongSettings, exit);
        Assert.Equal(
            $"Glancy__Socket={path}: another process listens there; each replica needs a socket of its own",
            Assert.Single(errors)
        );
        Assert.True(File.Exists(path));
    }
}
