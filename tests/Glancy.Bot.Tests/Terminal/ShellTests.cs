using System.Diagnostics;
using System.Net.Sockets;
using System.Xml.Linq;
using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Terminal;

/// <summary>
/// The shell that <c>./glancy</c> says words with instead of starting a program: it shows what the client shows, and
/// leaves to the client what it cannot answer.
/// </summary>
public sealed class ShellTests
{
    private const int NotTaken = 99;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("oncall")]
    [InlineData("oncall", "--lang", "zh")]
    [InlineData("oncall", "--json")]
    [InlineData("help")]
    [InlineData("help", "rollback")]
    [InlineData("rollback", "-h")]
    [InlineData("nonsense")]
    [InlineData("hk", "--frobnicate")]
    [InlineData("run", "list")]
    [InlineData("policy", "can", "nobody", "rollback")]
    [InlineData("incident", "open", "sev9", "a \"quoted\" \\ word\nof two\tlines")]
    [InlineData("incident", "open", "sev9", "引号“”与表情")]
    public async Task It_shows_and_ends_as_the_client_does(params string[] words)
    {
        await using var house = await TerminalHouse.StartAsync();

        var shell = await AskAsync(house.Socket, words);
        var client = await house.SayAsync(words);

        Assert.Equal(client, shell);
    }

    [Fact]
    public async Task It_passes_by_whoever_is_gone_and_takes_the_sockets_of_a_folder()
    {
        await using var house = await TerminalHouse.StartAsync();
        var gone = Path.Combine(house.Folder, "0.sock");
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(gone));
        }

        foreach (var sockets in (string[])[house.Folder, "/nowhere/x.sock:" + house.Socket])
        {
            Assert.Equal(0, (await AskAsync(sockets, "oncall")).Exit);
        }
    }

    [Theory]
    [InlineData("hk")]
    [InlineData("runbook", "lint", "runbook")]
    [InlineData("--version")]
    [InlineData("incident", "note", "\u0007")]
    public async Task What_it_cannot_say_it_leaves_to_the_client(params string[] words)
    {
        await using var house = await TerminalHouse.StartAsync();
        var socket = words is ["hk"] ? Path.Combine(house.Folder, "nobody.sock") : house.Socket;

        Assert.Equal((NotTaken, "", ""), await AskAsync(socket, words));
    }

    [Fact]
    public async Task A_replica_that_breaks_off_is_told_of_and_no_other_is_given_the_words()
    {
        await using var house = await TerminalHouse.StartAsync();
        var path = Path.Combine(house.Folder, "broken.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var answering = Task.Run(
            async () =>
            {
                using var accepted = await listener.AcceptAsync(Token);
                await accepted.ReceiveAsync(new byte[16], Token);
            },
            Token
        );

        var said = await AskAsync(path + ":" + house.Socket, "run", "list");

        await answering;
        Assert.Equal(3, said.Exit);
        Assert.Contains("may or may not have been recorded", said.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "")]
    [InlineData("en-US", ".en-US")]
    public void It_says_in_the_clients_own_words_that_somebody_left_or_something_broke(string language, string suffix)
    {
        var words = Path.Combine(RepositoryRoot.Find(), "src/Glancy.Bot.Commands/Terminal");
        var client = XDocument.Load(Path.Combine(words, $"TerminalWords{suffix}.resx"));
        var shell = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "scripts", "words." + language));

        foreach (var key in (string[])["left", "broken"])
        {
            var said = client
                .Descendants("data")
                .Single(d => d.Attribute("name")?.Value == "terminal." + key)
                .Element("value")
                ?.Value;
            Assert.Contains($"[{key}]='{said}'", shell, StringComparison.Ordinal);
        }
    }

    private static async Task<(int Exit, string Out, string Err)> AskAsync(string sockets, params string[] words)
    {
        const string Script =
            "set -euo pipefail; root=$1; shift; . \"$root/scripts/language\"; . \"$root/scripts/terminal\"; "
            + "ask \"$@\"; exit 99";
        var start = new ProcessStartInfo("bash", ["-c", Script, "glancy", RepositoryRoot.Find(), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["GLANCY_SOCKETS"] = sockets,
                ["LANG"] = "en_US.UTF-8",
                ["COLUMNS"] = "100",
            },
        };
        foreach (var unset in (string[])["GLANCY_PROGRAM", "LC_ALL", "LC_MESSAGES"])
        {
            start.Environment.Remove(unset);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("No bash.");
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await errors);
    }
}
