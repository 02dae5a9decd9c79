using System.Text;
using Glancy.Ops.Connectors.Bastion;
using static Glancy.Ops.Tests.Connectors.Bastion.BastionFixture;

namespace Glancy.Ops.Tests.Connectors.Bastion;

/// <summary>Nobody gets more than the allow-list gives, whatever they send.</summary>
public sealed class AllowListTests(BastionFixture bastion) : IClassFixture<BastionFixture>
{
    private readonly IBastion _client = bastion.Client();
    private readonly BastionConnection _raw = bastion.Connection();

    public static TheoryData<string> ShellWords() =>
        new(
            "$(touch owned)",
            "; touch owned",
            "a && touch owned",
            "a | touch owned",
            "a > owned",
            "*",
            "$home",
            "a  b",
            "\"quoted\" 'twice'"
        );

    [Theory]
    [MemberData(nameof(ShellWords))]
    public async Task A_shells_words_reach_the_command_as_one_plain_argument(string word)
    {
        var start = Start(bastion.NewRun(), "note", "word", word);
        await _client.StartAsync(start, Token);
        Assert.True((await EndAsync(_client, start.Key)).Succeeded);

        var text = Assert.IsType<BastionOutput.Piece>(await _client.OutputAsync(start.Key, 0, Token)).Text;

        Assert.Equal($"<--word><{word}><--fixed><a{word}z>\n{start.Key}\n", text);
        Assert.False(File.Exists(Path.Combine(bastion.Server.Folder, "owned")));
    }

    [Theory]
    [InlineData("word", "UPPER", "another form")]
    [InlineData("word", "", "nothing")]
    [InlineData("word", "--help", "an option")]
    [InlineData("word", "-", "an option")]
    [InlineData("word", "../../etc/passwd", "a path")]
    [InlineData("word", "café", "beyond ASCII")]
    [InlineData("word", "０", "a full-width digit")]
    [InlineData("wort", "a", "an unknown name")]
    public async Task A_value_the_allow_list_does_not_allow_is_refused(string name, string value, string why)
    {
        var reply = Answered(await _client.StartAsync(Start(bastion.NewRun(), "note", name, value), Token));
        Assert.True(
            reply is { State: BastionState.Refused, ReasonCode: BastionReason.BadParameter },
            $"{why}: {reply}"
        );
    }

    [Fact]
    public async Task Missing_and_extra_parameters_are_refused()
    {
        var start = Start(bastion.NewRun(), "note", "word", "a");
        var none = Answered(
            await _client.StartAsync(start with { Parameters = new Dictionary<string, string>() }, Token)
        );
        var extra = Answered(
            await _client.StartAsync(
                start with
                {
                    Parameters = new Dictionary<string, string> { ["word"] = "a", ["more"] = "b" },
                },
                Token
            )
        );
        Assert.Equal(BastionReason.BadParameter, none.ReasonCode);
        Assert.Equal(BastionReason.BadParameter, extra.ReasonCode);
        Assert.Equal(BastionState.Absent, Answered(await _client.StatusAsync(start.Key, Token)).State);
    }

    [Theory]
    [InlineData("word", "a\nverb cancel")]
    [InlineData("word", "a\nend")]
    [InlineData("word", "a\rb")]
    [InlineData("word", "a\0b")]
    [InlineData("word x\nparam", "a")]
    [InlineData("word a", "b")]
    public async Task A_value_that_would_leave_its_line_is_not_even_sent(string name, string value)
    {
        var silent = bastion.Client(options => options.Port = 1);
        var reply = Answered(await silent.StartAsync(Start(bastion.NewRun(), "note", name, value), Token));
        Assert.Equal((BastionState.Refused, BastionReason.BadRequest), (reply.State, reply.ReasonCode));
    }

    [Theory]
    [InlineData("../../../tmp/x", "execute", "1")]
    [InlineData("R-1", "..", "1")]
    [InlineData(".", ".", ".")]
    [InlineData("R-1", "a@b", "1")]
    [InlineData("R-1", "a b", "1")]
    [InlineData("R-1", "", "1")]
    [InlineData("R-1", "a/b", "1")]
    [InlineData("-R", "a", "1")]
    public async Task A_key_cannot_point_outside_the_state(string run, string step, string attempt)
    {
        var reply = Answered(await _client.StatusAsync($"{run}/{step}/{attempt}", Token));
        Assert.Equal((BastionState.Refused, BastionReason.BadRequest), (reply.State, reply.ReasonCode));
        var fenced = Answered(
            await _client.StartAsync(Start("R-1", "note", "word", "a") with { Fence = $"{run}/{step}" }, Token)
        );
        Assert.Equal(BastionReason.BadRequest, fenced.ReasonCode);
    }

    [Theory]
    [InlineData("rm")]
    [InlineData("agent")]
    [InlineData("note.more")]
    [InlineData("n")]
    public async Task A_command_that_is_not_listed_is_refused(string command)
    {
        var reply = Answered(await _client.StartAsync(Start(bastion.NewRun(), command, "word", "a"), Token));
        Assert.Equal((BastionState.Refused, BastionReason.UnknownCommand), (reply.State, reply.ReasonCode));
        Assert.Equal(
            BastionReason.UnknownCommand,
            Assert.IsType<BastionReading.Refused>(await _client.DigestAsync(command, Token)).ReasonCode
        );
    }

    [Fact]
    public async Task A_read_cannot_be_started_and_an_effect_cannot_be_read()
    {
        var started = Answered(await _client.StartAsync(Start(bastion.NewRun(), "show", "word", "a"), Token));
        var read = Assert.IsType<BastionReading.Refused>(
            await _client.ReadAsync("note", new Dictionary<string, string> { ["word"] = "unread" }, Token)
        );
        Assert.Equal((BastionState.Refused, BastionReason.WrongEffect), (started.State, started.ReasonCode));
        Assert.Equal(BastionReason.WrongEffect, read.ReasonCode);
        Assert.Equal(0, bastion.Effects("unread"));
    }

    public static TheoryData<string, string> WrongRequests() =>
        new()
        {
            { "nothing", "\n" },
            { "another protocol", "glancy-agent 2\nverb anchors\nend\n" },
            { "no end", "glancy-agent 1\nverb anchors\n" },
            { "half an end", "glancy-agent 1\nverb anchors\nend" },
            { "something after the end", "glancy-agent 1\nverb anchors\nend\nverb anchors\n" },
            { "an end in the middle", "glancy-agent 1\nverb anchors\nend\nend\n" },
            { "carriage returns", "glancy-agent 1\r\nverb anchors\r\nend\r\n" },
            { "a NUL byte", "glancy-agent 1\nverb anch\0ors\nend\n" },
            { "no verb", "glancy-agent 1\nkey R-1/a/1\nend\n" },
            { "an unknown verb", "glancy-agent 1\nverb shell\nend\n" },
            { "a verb twice", "glancy-agent 1\nverb anchors\nverb anchors\nend\n" },
            { "an unknown field", "glancy-agent 1\nverb anchors\nshell bash\nend\n" },
            { "a field of another verb", "glancy-agent 1\nverb status\nkey R-1/a/1\nepoch 1\nend\n" },
            { "parameters where none belong", "glancy-agent 1\nverb status\nkey R-1/a/1\nparam word a\nend\n" },
            {
                "a missing field",
                "glancy-agent 1\nverb start\nkey R-1/a/1\nepoch 1\ncommand note\nparam word a\nend\n"
            },
            { "a parameter twice", "glancy-agent 1\nverb read\ncommand show\nparam word a\nparam word b\nend\n" },
            {
                "a parameter name that is code",
                "glancy-agent 1\nverb read\ncommand show\nparam a[$(touch${IFS}owned)] b\nend\n"
            },
            { "a field name that is code", "glancy-agent 1\nverb anchors\nkey[$(touch${IFS}owned)] b\nend\n" },
            {
                "an epoch that is code",
                "glancy-agent 1\nverb cancel\nkey R-1/a/1\nepoch a[$(touch${IFS}owned)]\nend\n"
            },
            { "an octal epoch", "glancy-agent 1\nverb cancel\nkey R-1/a/1\nepoch 010\nend\n" },
            { "a negative offset", "glancy-agent 1\nverb output\nkey R-1/a/1\noffset -1\nend\n" },
            {
                "an anchor of two heads",
                "glancy-agent 1\nverb start\nkey R-1/a/1\nfence R-1\nepoch 1\ncommand note\nparam word a\nanchor 1 "
                    + "aaaaaaaa 2 bbbbbbbb\nend\n"
            },
            { "too much", $"glancy-agent 1\nverb read\ncommand show\nparam word {new string('a', 70_000)}\nend\n" },
            {
                "a value too long",
                $"glancy-agent 1\nverb read\ncommand show\nparam word {new string('a', 2_000)}\nend\n"
            },
            { "too many lines", $"glancy-agent 1\n{string.Concat(Enumerable.Repeat("verb anchors\n", 10_000))}end\n" },
        };

    [Theory]
    [MemberData(nameof(WrongRequests))]
    public async Task A_malformed_request_is_refused_and_does_nothing(string what, string request)
    {
        var exchange = await _raw.AskAsync(Encoding.UTF8.GetBytes(request), Token);
        Assert.True(exchange.Trouble is null, $"{what}: {exchange.Trouble}");
        Assert.StartsWith(
            "glancy-agent 1\nstate refused\nreason bad-request ",
            Encoding.UTF8.GetString(exchange.Bytes.Span),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Path.Combine(bastion.Server.Folder, "owned")), what);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("glancy-agent --prune 0")]
    [InlineData("glancy-agent; id")]
    [InlineData("scp -t /tmp/x")]
    [InlineData(null)]
    public async Task Whatever_the_client_asks_sshd_to_run_only_the_agents_name_is_heard(string? exec)
    {
        var answer = await OpenSsh.RunAsync(
            bastion,
            [],
            exec is null ? [] : [exec],
            "glancy-agent 1\nverb anchors\nend\n",
            Token
        );
        Assert.Equal(
            "glancy-agent 1\nstate refused\nreason bad-request this key speaks to glancy-agent only\n\n",
            answer.Output
        );
        var good = await OpenSsh.RunAsync(bastion, [], ["glancy-agent"], "glancy-agent 1\nverb anchors\nend\n", Token);
        Assert.StartsWith("glancy-agent 1\nstate exited\n", good.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-s", "sftp")]
    [InlineData("-W", "127.0.0.1:1")]
    public async Task The_key_opens_neither_subsystems_nor_tunnels(string option, string value)
    {
        var answer = await OpenSsh.RunAsync(
            bastion,
            option == "-s" ? ["-s"] : [option, value],
            option == "-s" ? [value] : [],
            "",
            Token
        );
        Assert.DoesNotContain("state exited", answer.Output, StringComparison.Ordinal);
        Assert.True(answer.ExitCode != 0 || answer.Output.Contains("refused", StringComparison.Ordinal));
    }
}
