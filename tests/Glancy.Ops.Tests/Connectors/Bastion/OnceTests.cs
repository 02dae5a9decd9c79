using System.Globalization;
using Glancy.Ops.Connectors.Bastion;
using static Glancy.Ops.Tests.Connectors.Bastion.BastionFixture;

namespace Glancy.Ops.Tests.Connectors.Bastion;

/// <summary>At most once per key (rule 1).</summary>
public sealed class OnceTests(BastionFixture bastion) : IClassFixture<BastionFixture>
{
    private readonly IBastion _client = bastion.Client();

    [Fact]
    public async Task A_start_returns_at_once_and_the_status_tells_the_end()
    {
        var start = Start(bastion.NewRun(), "hold", "name", "first");

        var running = Answered(await _client.StartAsync(start, Token));

        Assert.Equal(BastionState.Running, running.State);
        Assert.False(running.Replayed);
        Assert.NotNull(running.Started);
        Assert.Null(running.ExitCode);
        bastion.Release("first");
        var end = await EndAsync(_client, start.Key);
        Assert.True(end.Succeeded);
        Assert.True(end.Finished >= end.Started);
        Assert.Equal("begun\ndone\n".Length, end.Size);
    }

    [Fact]
    public async Task A_failing_command_is_known_by_its_exit_code()
    {
        var start = Start(bastion.NewRun(), "note", "word", "fail3");
        await _client.StartAsync(start, Token);
        var end = await EndAsync(_client, start.Key);
        Assert.Equal((BastionState.Exited, 3, false), (end.State, end.ExitCode, end.Succeeded));
    }

    [Fact]
    public async Task A_known_key_is_answered_and_not_carried_out_again()
    {
        var start = Start(bastion.NewRun(), "note", "word", "once");
        await _client.StartAsync(start, Token);
        await EndAsync(_client, start.Key);

        var again = Answered(await _client.StartAsync(start, Token));
        var later = Answered(await _client.StartAsync(start with { Epoch = 7 }, Token));

        Assert.Equal((BastionState.Exited, 0, true), (again.State, again.ExitCode, again.Replayed));
        Assert.Equal((BastionState.Exited, 0, true), (later.State, later.ExitCode, later.Replayed));
        Assert.Equal(1, bastion.Effects("once"));
    }

    [Fact]
    public async Task Sixteen_starts_of_one_key_at_the_same_time_are_one_execution()
    {
        var start = Start(bastion.NewRun(), "note", "word", "sixteen");
        var clients = Enumerable.Range(0, 16).Select(_ => bastion.Client()).ToList();
        // Connected before, so that the starts meet at the agent and not in the handshake.
        await Task.WhenAll(clients.Select(client => client.AnchorsAsync(Token)));

        var replies = await Task.WhenAll(clients.Select(client => client.StartAsync(start, Token)));

        Assert.Single(replies, reply => !Answered(reply).Replayed);
        Assert.All(
            replies,
            reply => Assert.Contains(Answered(reply).State, (BastionState[])[BastionState.Running, BastionState.Exited])
        );
        await EndAsync(_client, start.Key);
        Assert.Equal(1, bastion.Effects("sixteen"));
    }

    [Fact]
    public async Task Starts_of_different_keys_over_one_connection_all_take_effect()
    {
        var starts = Enumerable.Range(0, 12).Select(n => Start(bastion.NewRun(), "note", "word", $"many{n}")).ToList();
        var replies = await Task.WhenAll(starts.Select(start => _client.StartAsync(start, Token)));
        Assert.All(replies, reply => Assert.False(Answered(reply).Replayed));
        foreach (var start in starts)
        {
            Assert.True((await EndAsync(_client, start.Key)).Succeeded);
        }

        Assert.All(starts, start => Assert.Equal(1, bastion.Effects(start.Parameters["word"])));
    }

    [Fact]
    public async Task A_known_key_with_other_parameters_or_another_command_is_a_conflict()
    {
        var start = Start(bastion.NewRun(), "note", "word", "mine");
        await _client.StartAsync(start, Token);

        var otherWord = Answered(
            await _client.StartAsync(
                start with
                {
                    Parameters = new Dictionary<string, string> { ["word"] = "yours" },
                },
                Token
            )
        );
        var otherCommand = Answered(
            await _client.StartAsync(
                start with
                {
                    CommandId = "flood",
                    Parameters = new Dictionary<string, string>(),
                },
                Token
            )
        );

        Assert.Equal((BastionState.Refused, BastionReason.KeyConflict), (otherWord.State, otherWord.ReasonCode));
        Assert.Equal((BastionState.Refused, BastionReason.KeyConflict), (otherCommand.State, otherCommand.ReasonCode));
        Assert.Equal(0, bastion.Effects("yours"));
    }

    [Fact]
    public async Task A_lower_epoch_of_a_run_is_refused_and_that_of_another_run_is_not()
    {
        var run = bastion.NewRun();
        await _client.StartAsync(Start(run, "note", "word", "five", epoch: 5), Token);

        var stale = Answered(
            await _client.StartAsync(Start(run, "note", "word", "four", epoch: 4, step: "next"), Token)
        );
        var staleKnown = Answered(await _client.StartAsync(Start(run, "note", "word", "five", epoch: 4), Token));
        var staleCancel = Answered(await _client.CancelAsync($"{run}/execute/1", 4, Token));
        var other = Answered(
            await _client.StartAsync(Start(bastion.NewRun(), "note", "word", "other", epoch: 1), Token)
        );

        Assert.All(
            (BastionReply.Answered[])[stale, staleKnown, staleCancel],
            reply => Assert.Equal((BastionState.Refused, BastionReason.StaleEpoch), (reply.State, reply.ReasonCode))
        );
        Assert.NotEqual(BastionState.Refused, other.State);
        Assert.Equal(0, bastion.Effects("four"));
    }

    [Fact]
    public async Task A_higher_epoch_fences_the_lower_one_even_when_it_only_asked_again()
    {
        var run = bastion.NewRun();
        await _client.StartAsync(Start(run, "note", "word", "taken", epoch: 1), Token);
        await _client.StartAsync(Start(run, "note", "word", "taken", epoch: 2), Token);
        var stale = Answered(
            await _client.StartAsync(Start(run, "note", "word", "late", epoch: 1, step: "next"), Token)
        );
        Assert.Equal(BastionReason.StaleEpoch, stale.ReasonCode);
        Assert.Equal(0, bastion.Effects("late"));
    }

    [Fact]
    public async Task A_key_nobody_started_is_absent()
    {
        Assert.Equal(
            (BastionState.Absent, BastionReason.NoSuchKey),
            await StateAsync(_client.StatusAsync("R-0/none/1", Token))
        );
        Assert.Equal(
            (BastionState.Absent, BastionReason.NoSuchKey),
            await StateAsync(_client.CancelAsync("R-0/none/1", 1, Token))
        );
        Assert.Equal(
            BastionReason.NoSuchKey,
            Assert.IsType<BastionOutput.Refused>(await _client.OutputAsync("R-0/none/1", 0, Token)).ReasonCode
        );
    }

    [Fact]
    public async Task Each_effect_anchors_the_audit_head_once()
    {
        var run = bastion.NewRun();
        var anchor = new BastionAnchor(4711, new string('a', 64));
        var start = Start(run, "note", "word", "anchored", anchor: anchor);
        await _client.StartAsync(start, Token);
        await _client.StartAsync(start, Token);
        await _client.StartAsync(
            start with
            {
                Key = $"{run}/refused/1",
                CommandId = "show",
                Anchor = new BastionAnchor(4712, new string('b', 64)),
            },
            Token
        );
        await _client.StartAsync(
            start with
            {
                Key = $"{run}/next/1",
                Anchor = new BastionAnchor(4713, new string('c', 64)),
            },
            Token
        );

        var text = Assert.IsType<BastionReading.Read>(await _client.AnchorsAsync(Token)).Text;

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Where(line => line[2].StartsWith(run + "/", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(["4711", "4713"], lines.Select(line => line[0]));
        Assert.Equal([new string('a', 64), new string('c', 64)], lines.Select(line => line[1]));
        Assert.Equal([$"{run}/execute/1", $"{run}/next/1"], lines.Select(line => line[2]));
        Assert.All(lines, line => Assert.True(long.Parse(line[3], CultureInfo.InvariantCulture) > 0));
    }

    private static async Task<(BastionState State, string? Reason)> StateAsync(Task<BastionReply> reply)
    {
        var answered = Answered(await reply);
        return (answered.State, answered.ReasonCode);
    }
}
