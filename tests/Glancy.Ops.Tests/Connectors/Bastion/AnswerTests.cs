using System.Text;
using Glancy.Ops.Connectors.Bastion;
using static Glancy.Ops.Tests.Connectors.Bastion.BastionFixture;

namespace Glancy.Ops.Tests.Connectors.Bastion;

/// <summary>An agent that answers nonsense: whatever does not parse is unknown.</summary>
public sealed class AnswerTests(BastionFixture bastion) : IClassFixture<BastionFixture>, IAsyncLifetime
{
    private const string Good = "glancy-agent 1\nstate exited\nexit 0\nsize 0\n\n";

    private readonly IBastion _client = bastion.Client();

    private string Canned => Path.Combine(bastion.Server.Folder, "canned");

    public ValueTask InitializeAsync()
    {
        var agent = Path.Combine(bastion.Server.Folder, "glancy-agent");
        File.WriteAllText(agent, $"#!/bin/bash\ncat >/dev/null; cat {Canned}\n");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_good_answer_is_understood()
    {
        await AnswerAsync("glancy-agent 1\nstate exited\nexit 7\nstarted 1\nfinished 2\nsize 5\nreplayed true\n\n");
        var answer = Answered(await _client.StatusAsync("R-1/a/1", Token));
        Assert.Equal(
            new BastionReply.Answered(
                BastionState.Exited,
                7,
                null,
                null,
                DateTimeOffset.FromUnixTimeSeconds(1),
                DateTimeOffset.FromUnixTimeSeconds(2),
                5,
                true
            ),
            answer
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("Welcome to the bastion!\n\n")]
    [InlineData("glancy-agent 1\nstate exited\nexit 0\nsize 0\n")]
    [InlineData("glancy-agent 2\nstate exited\nexit 0\n\n")]
    [InlineData("glancy-agent 1\n\n")]
    [InlineData("glancy-agent 1\nexit 0\n\n")]
    [InlineData("glancy-agent 1\nstate done\nexit 0\n\n")]
    [InlineData("glancy-agent 1\nstate Exited\nexit 0\n\n")]
    [InlineData("glancy-agent 1\nstate exited\n\n")]
    [InlineData("glancy-agent 1\nstate exited\nexit 256\n\n")]
    [InlineData("glancy-agent 1\nstate exited\nexit -1\n\n")]
    [InlineData("glancy-agent 1\nstate exited\nexit 0\nexit 0\n\n")]
    [InlineData("glancy-agent 1\nstate exited\nexit 0\nsurprise 1\n\n")]
    [InlineData("glancy-agent 1\nstate exited\nexit 0\nstarted 99999999999999\n\n")]
    [InlineData("glancy-agent 1\nstate exited\nexit 0\nreplayed false\n\n")]
    [InlineData("glancy-agent 1\nstate refused\n\n")]
    [InlineData("glancy-agent 1\nstate unknown\n\n")]
    [InlineData("glancy-agent 1\r\nstate exited\r\nexit 0\r\n\r\n")]
    [InlineData(Good + "and more")]
    public async Task An_answer_that_does_not_parse_is_unknown(string answer)
    {
        await AnswerAsync(answer);
        var reply = Answered(await _client.StatusAsync("R-1/a/1", Token));
        Assert.Equal((BastionState.Unknown, BastionReason.Unparsable), (reply.State, reply.ReasonCode));
    }

    [Theory]
    [InlineData("glancy-agent 1\nstate exited\nexit 0\nsize 12\n\nbatch: no")]
    [InlineData("glancy-agent 1\nstate exited\nexit 0\nsize 3\n\nbatch: none")]
    [InlineData("glancy-agent 1\nstate running\nsize 0\n\n")]
    public async Task A_read_that_came_half_is_refused(string answer)
    {
        await AnswerAsync(answer);
        var reading = await _client.ReadAsync("releasectl.stage.status", new Dictionary<string, string>(), Token);
        Assert.Equal(BastionReason.Unparsable, Assert.IsType<BastionReading.Refused>(reading).ReasonCode);
    }

    [Theory]
    [InlineData(Good)]
    [InlineData("glancy-agent 1\nstate exited\nexit 0\ndigest ABC\nsize 0\n\n")]
    public async Task A_digest_that_is_none_is_refused(string answer)
    {
        await AnswerAsync(answer);
        Assert.Equal(
            BastionReason.Unparsable,
            Assert.IsType<BastionReading.Refused>(await _client.DigestAsync("note", Token)).ReasonCode
        );
    }

    [Fact]
    public async Task Words_that_are_not_UTF_8_in_the_headers_do_not_parse()
    {
        await File.WriteAllBytesAsync(
            Canned,
            [.. "glancy-agent 1\nstate refused\nreason busy "u8, 0xFF, .. "\n\n"u8],
            Token
        );
        Assert.Equal(BastionReason.Unparsable, Answered(await _client.StatusAsync("R-1/a/1", Token)).ReasonCode);
    }

    private Task AnswerAsync(string text) => File.WriteAllBytesAsync(Canned, Encoding.UTF8.GetBytes(text), Token);
}
