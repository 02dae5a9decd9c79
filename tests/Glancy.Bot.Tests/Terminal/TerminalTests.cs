using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Glancy.Bot.Terminal;

namespace Glancy.Bot.Tests.Terminal;

/// <summary>From the words a person types, over the socket, to the answer and the exit code.</summary>
public class TerminalTests
{
    [Theory]
    [InlineData("help", 0)]
    [InlineData("oncall", 0)]
    [InlineData("runbook lint", 0)]
    [InlineData("nonsense", 2)]
    [InlineData("hk --frobnicate", 2)]
    [InlineData("policy can @file rollback", 1)]
    [InlineData("hk", 70)] // This house has no hooks to read: a defect, told with its reference.
    [InlineData("policy can nobody rollback", 1)]
    [InlineData("run list", 3)]
    [InlineData("incident list", 3)]
    [InlineData("incident open sev9 x", 2)]
    public async Task Exit_codes_tell_scripts_how_it_went(string line, int exit)
    {
        await using var house = await TerminalHouse.StartAsync();
        var said = await house.SayAsync(line);
        Assert.Equal(exit, said.Exit);
        Assert.Equal(exit == 0, said.Out.Length > 0);
        Assert.Equal(exit != 0, said.Err.Length > 0);
    }

    [Theory]
    [InlineData("en-US", "nothing was recorded and nothing will happen")]
    [InlineData("zh-CN", "什么都没有记录，也什么都不会发生")]
    public async Task With_the_database_away_a_person_is_told_at_once_that_nothing_was_recorded(
        string culture,
        string words
    )
    {
        await using var house = await TerminalHouse.StartAsync();
        var said = await house.SayAsync("run show R‑17", culture);
        Assert.Equal(3, said.Exit);
        Assert.Contains(words, said.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-US", "Nothing was recorded and nothing will happen")]
    [InlineData("zh-CN", "什么都没有记录，也什么都不会发生")]
    public async Task With_no_replica_a_person_is_told_so(string culture, string words)
    {
        await using var house = await TerminalHouse.StartAsync();
        var said = await house.SayAsync("hk", culture, [Path.Combine(house.Folder, "nobody.sock")]);
        Assert.Equal(3, said.Exit);
        Assert.Contains(words, said.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_replica_answers_when_one_is_gone()
    {
        await using var house = await TerminalHouse.StartAsync();
        var said = await house.SayAsync("help", sockets: [Path.Combine(house.Folder, "gone.sock"), house.Socket]);
        Assert.Equal(0, said.Exit);
    }

    [Fact]
    public async Task What_was_understood_is_said_when_it_was_rewritten()
    {
        await using var house = await TerminalHouse.StartAsync();
        var said = await house.SayAsync("值班");
        Assert.Equal("understood: glancy oncall\n", said.Err);
        Assert.Contains("(lin)", said.Out, StringComparison.Ordinal);
        Assert.Empty((await house.SayAsync("oncall")).Err);
    }

    [Theory]
    [InlineData("help", "./glancy help <command>")]
    [InlineData("runbook status --help", "./glancy runbook status")]
    [InlineData("sop list", "./glancy sop draft")]
    [InlineData("hk --frobnicate", "./glancy hk")]
    public async Task What_it_says_to_type_next_can_be_pasted(string line, string command)
    {
        await using var house = await TerminalHouse.StartAsync();
        var (pasted, plain) = (await house.SayAsync(line, program: "./glancy"), await house.SayAsync(line));
        Assert.Contains(command, pasted.Out + pasted.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("./glancy", plain.Out + plain.Err, StringComparison.Ordinal);
        Assert.Contains(command[2..], plain.Out + plain.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./glancy", "./glancy")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void How_it_was_started_is_read_from_the_environment(string? variable, string? program) =>
        Assert.Equal(
            program,
            TerminalEnvironment
                .Read(name => name == "GLANCY_PROGRAM" ? variable : null, redirected: true, () => 80)
                .Program
        );

    [Fact]
    public async Task Json_is_one_document_and_nothing_else()
    {
        await using var house = await TerminalHouse.StartAsync();
        using var document = JsonDocument.Parse((await house.SayAsync("oncall --json")).Out);
        Assert.Equal("lin", document.RootElement.GetProperty("holders").GetProperty("primary")[0].GetString());
        var refused = await house.SayAsync("run list --json");
        using var refusal = JsonDocument.Parse(refused.Out);
        Assert.Equal("unreachable-database", refusal.RootElement.GetProperty("refused").GetString());
        Assert.Empty(refused.Err);
    }

    [Theory]
    [InlineData("prod")]
    [InlineData("production")]
    [InlineData("Prod")]
    [InlineData("PROD")]
    [InlineData("prd")]
    [InlineData("live")]
    [InlineData("prod ")]
    [InlineData("staging")]
    [InlineData("Sandbox")]
    [InlineData("sandbox ")]
    [InlineData("sandbox-eu")]
    public async Task Where_the_sandbox_is_not_named_exactly_nobody_is_stood_in_for(string environment)
    {
        await using var house = await TerminalHouse.StartAsync(environment);
        var said = await house.SayAsync("oncall --as lin");
        Assert.Equal(1, said.Exit);
        Assert.Contains("nobody speaks for lin", said.Err, StringComparison.Ordinal);
        Assert.Empty(said.Out);
        Assert.Equal(0, (await house.SayAsync("oncall")).Exit);
    }

    [Fact]
    public async Task In_the_sandbox_only_persons_of_the_runbook_are_stood_in_for()
    {
        await using var house = await TerminalHouse.StartAsync();
        Assert.Equal(0, (await house.SayAsync("oncall --as lin")).Exit);
        var said = await house.SayAsync("oncall --as stranger");
        Assert.Equal(1, said.Exit);
        Assert.Contains("Nobody called “stranger”", said.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("林晓")]
    [InlineData("@Lin")]
    [InlineData("林晓（lin）")]
    [InlineData("ULIN00000")]
    public async Task Whom_one_stands_in_for_is_named_as_anywhere_else(string said)
    {
        await using var house = await TerminalHouse.StartAsync();
        Assert.Equal(0, (await house.SayAsync("oncall --as " + said)).Exit);
    }

    [Fact]
    public async Task A_change_needs_a_person_that_the_runbook_knows()
    {
        await using var house = await TerminalHouse.StartAsync();
        var said = await house.SayAsync("release freeze --reason test");
        Assert.Equal(1, said.Exit);
        Assert.Contains("Nobody called “" + Environment.UserName + "”", said.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_can_be_asked_for()
    {
        await using var house = await TerminalHouse.StartAsync();
        Assert.StartsWith("白班", (await house.SayAsync("oncall --lang zh")).Out, StringComparison.Ordinal);
        Assert.StartsWith(
            "Day shift",
            (await house.SayAsync("oncall --as olga", culture: null)).Out,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "白班",
            (await house.SayAsync("oncall --as lin", culture: null)).Out,
            StringComparison.Ordinal
        );
        Assert.Equal(1, (await house.SayAsync("oncall --lang fr")).Exit);
    }

    [Fact]
    public async Task Somebody_elses_folder_is_linted_by_the_client_without_a_replica()
    {
        await using var house = await TerminalHouse.StartAsync();
        var folder = Path.Combine(house.Folder, "book");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "roles.yaml"),
            "roles:\n  - id: primary\n    nmae: x\n",
            TestContext.Current.CancellationToken
        );
        var said = await house.SayAsync("runbook lint " + folder, sockets: []);
        Assert.Equal(1, said.Exit);
        Assert.Contains("roles.yaml:3", said.Out, StringComparison.Ordinal);
        Assert.Contains("there is no field “nmae”", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_written_runbook_is_compared_by_the_client_too()
    {
        await using var house = await TerminalHouse.StartAsync();
        var text = Path.Combine(house.Folder, "written.md");
        await File.WriteAllTextAsync(text, "something else", TestContext.Current.CancellationToken);

        var changed = await house.SayAsync($"runbook lint {TerminalHouse.Runbook} --source {text}", sockets: []);
        Assert.Equal(1, changed.Exit);
        Assert.Contains("The written runbook has changed, its data has not.", changed.Out, StringComparison.Ordinal);
        Assert.Contains("§4.2", changed.Out, StringComparison.Ordinal);

        var away = await house.SayAsync($"runbook lint {TerminalHouse.Runbook} --source {text}.gone", sockets: []);
        Assert.Equal(3, away.Exit);
        Assert.StartsWith("? The written runbook ", away.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"argv\":[\"runbook\",\"lint\",\"--source\",\"/etc/passwd\"],\"width\":80}")]
    [InlineData("{\"argv\":[\"runbook\",\"lint\",\"/etc\"],\"width\":80}")]
    public async Task A_replica_reads_nobody_elses_files(string body)
    {
        await using var house = await TerminalHouse.StartAsync();
        Assert.Contains("副本不读别处的目录", await RawAsync(house.Socket, body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("{\"argv\":[null]}")]
    [InlineData("null")]
    public async Task What_is_no_request_is_turned_away(string body)
    {
        await using var house = await TerminalHouse.StartAsync();
        Assert.Contains(" 400 ", await RawAsync(house.Socket, body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_does_not_trouble_the_replica()
    {
        await using var house = await TerminalHouse.StartAsync();
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(
                new UnixDomainSocketEndPoint(house.Socket),
                TestContext.Current.CancellationToken
            );
            await socket.SendAsync(
                Encoding.UTF8.GetBytes("POST /terminal HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\n{\"argv\":")
            );
        }

        Assert.Equal(0, (await house.SayAsync("help")).Exit);
    }

    [Fact]
    public async Task A_replica_that_breaks_off_leaves_it_open_whether_it_was_recorded()
    {
        await using var house = await TerminalHouse.StartAsync();
        var path = Path.Combine(house.Folder, "broken.sock");
        using var listener = Listen(path);
        var answering = Task.Run(
            async () =>
            {
                using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
                await accepted.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken
        );
        var said = await house.SayAsync("run list", sockets: [path, house.Socket]);
        await answering;
        Assert.Equal(3, said.Exit);
        Assert.Contains("may or may not have been recorded", said.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_is_told_that_the_run_goes_on()
    {
        await using var house = await TerminalHouse.StartAsync();
        var path = Path.Combine(house.Folder, "silent.sock");
        using var listener = Listen(path);
        using var leaving = new CancellationTokenSource();
        var heard = Task.Run(
            async () =>
            {
                var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
                await accepted.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken);
                await leaving.CancelAsync();
                return accepted;
            },
            TestContext.Current.CancellationToken
        );
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        var exit = await TerminalClient.RunAsync(
            ["run", "show", "R-17", "--follow"],
            new TerminalEnvironment([path], "zh-CN", 100, false),
            output,
            errors,
            leaving.Token
        );
        (await heard).Dispose();
        Assert.Equal(130, exit);
        Assert.Contains("已确认的运行不会因此停下", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh_CN.UTF-8", "zh-CN")]
    [InlineData("en_GB.UTF-8", "en-US")]
    [InlineData("C", null)]
    [InlineData("", null)]
    public void The_environment_says_which_language(string lang, string? culture) =>
        Assert.Equal(
            culture,
            TerminalEnvironment.Read(name => name == "LANG" ? lang : null, redirected: true, () => 80).Culture
        );

    [Fact]
    public void Colour_needs_a_terminal_that_wants_it()
    {
        Assert.True(Read(redirected: false).Colour);
        Assert.False(Read(redirected: true).Colour);
        Assert.False(Read(redirected: false, ("NO_COLOR", "1")).Colour);
        Assert.False(Read(redirected: false, ("TERM", "dumb")).Colour);
        Assert.Equal(60, Read(redirected: true, ("COLUMNS", "60")).Width);
    }

    private static Socket Listen(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }

    private static TerminalEnvironment Read(bool redirected, params (string Name, string Value)[] variables) =>
        TerminalEnvironment.Read(
            name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault(),
            redirected,
            () => 80
        );

    private static async Task<string> RawAsync(string path, string body)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), TestContext.Current.CancellationToken);
        var length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes(
                $"POST /terminal HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            )
        );
        var answer = new byte[4096];
        return Encoding.UTF8.GetString(answer, 0, await socket.ReceiveAsync(answer));
    }
}
