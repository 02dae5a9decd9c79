using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Sandbox.Processes;
using static Glancy.Ops.Tests.Connectors.Bastion.BastionFixture;

namespace Glancy.Ops.Tests.Connectors.Bastion;

/// <summary>Whom we speak to, and what we say when nobody answers.</summary>
public sealed class ConnectionTests(BastionFixture bastion) : IClassFixture<BastionFixture>
{
    private const string Foreign = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task A_host_that_shows_another_key_gets_nothing_and_is_not_asked_again_by_itself()
    {
        var start = Start(bastion.NewRun(), "note", "word", "foreign");
        var trouble = Trouble(await bastion.Client(options => options.HostKey = Foreign).StartAsync(start, Token));
        Assert.Equal(
            (BastionTroubleKind.HostKeyMismatch, false, false),
            (trouble.Kind, trouble.MayHaveStarted, trouble.Passing)
        );
        Assert.Contains(bastion.Server.HostKeyFingerprint, trouble.Message, StringComparison.Ordinal);
        Assert.Equal(BastionState.Absent, Answered(await bastion.Client().StatusAsync(start.Key, Token)).State);
    }

    [Fact]
    public async Task While_a_host_key_is_replaced_either_pin_will_do()
    {
        var client = bastion.Client(options => options.HostKey = $"{Foreign}, {bastion.Server.HostKeyFingerprint}");
        Assert.Equal(BastionState.Absent, Answered(await client.StatusAsync("R-0/a/1", Token)).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    public async Task Without_a_pinned_host_key_nothing_is_dialled(string pin)
    {
        var trouble = Trouble(await bastion.Client(options => options.HostKey = pin).StatusAsync("R-0/a/1", Token));
        Assert.Equal((BastionTroubleKind.Unconfigured, false), (trouble.Kind, trouble.Passing));
    }

    [Fact]
    public async Task A_key_file_that_is_missing_or_no_key_is_said_so()
    {
        var junk = Path.Combine(bastion.Server.Folder, "junk");
        await File.WriteAllTextAsync(junk, "no key", Token);
        foreach (var file in (string[])[junk, junk + ".missing"])
        {
            Assert.Equal(
                BastionTroubleKind.Unconfigured,
                Trouble(await bastion.Client(options => options.KeyFile = file).StatusAsync("R-0/a/1", Token)).Kind
            );
        }
    }

    [Fact]
    public async Task A_bastion_that_does_not_know_our_key_denies_us()
    {
        var trouble = Trouble(
            await bastion
                .Client(options => options.KeyFile = Path.Combine(bastion.Server.Folder, "ssh", "host_key"))
                .StatusAsync("R-0/a/1", Token)
        );
        Assert.Equal((BastionTroubleKind.Denied, false), (trouble.Kind, trouble.Passing));
    }

    [Fact]
    public async Task A_bastion_that_is_down_is_unreachable_and_found_again_when_it_is_up()
    {
        var client = bastion.Client();
        Assert.Equal(BastionState.Absent, Answered(await client.StatusAsync("R-0/a/1", Token)).State);
        await bastion.Server.StopAsync(Token);
        var watch = Stopwatch.StartNew();

        var trouble = Trouble(await client.StartAsync(Start(bastion.NewRun(), "note", "word", "down"), Token));

        Assert.Equal(
            (BastionTroubleKind.Unreachable, false, true),
            (trouble.Kind, trouble.MayHaveStarted, trouble.Passing)
        );
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
        await bastion.Server.ResumeAsync(Token);
        Assert.Equal(BastionState.Absent, Answered(await client.StatusAsync("R-0/a/1", Token)).State);
        Assert.Equal(0, bastion.Effects("down"));
    }

    [Fact]
    public async Task A_host_that_accepts_and_says_nothing_is_unreachable_within_the_deadline()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var client = bastion.Client(options =>
            (options.Port, options.ConnectTimeout) = (((IPEndPoint)mute.LocalEndpoint).Port, TimeSpan.FromSeconds(1))
        );
        var watch = Stopwatch.StartNew();

        var troubles = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.StatusAsync("R-0/a/1", Token)));

        Assert.All(troubles, reply => Assert.Equal(BastionTroubleKind.Unreachable, Trouble(reply).Kind));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task An_agent_that_does_not_answer_times_out_and_the_next_question_gets_a_new_connection()
    {
        var start = Start(bastion.NewRun(), "note", "word", "slow");
        var client = bastion.Client(options => options.CommandTimeout = TimeSpan.FromSeconds(4));
        Assert.Equal(BastionState.Absent, Answered(await client.StatusAsync(start.Key, Token)).State);
        await using (await bastion.LockStateAsync())
        {
            var trouble = Trouble(await client.StartAsync(start, Token));
            Assert.Equal(
                (BastionTroubleKind.TimedOut, true, true),
                (trouble.Kind, trouble.MayHaveStarted, trouble.Passing)
            );
        }

        Assert.NotEqual(BastionState.Refused, Answered(await client.StartAsync(start, Token)).State);
        Assert.True((await EndAsync(client, start.Key)).Succeeded);
        Assert.Equal(1, bastion.Effects("slow"));
    }

    [Fact]
    public async Task A_connection_gone_silent_is_replaced_by_a_new_one()
    {
        const int Stop = 19;
        var client = bastion.Client(options => options.CommandTimeout = TimeSpan.FromSeconds(4));
        Assert.Equal(BastionState.Absent, Answered(await client.StatusAsync("R-0/a/1", Token)).State);
        var listener = bastion.Server.Process?.Pid ?? 0;
        foreach (
            var pid in ProcessIdentity
                .ChildrenOf(listener)
                .SelectMany(child => ProcessIdentity.ChildrenOf(child).Append(child))
                .ToList()
        )
        {
            // The network is well, and nobody is there: what a broken path looks like from here.
            ProcessIdentity.Of("sshd", pid)?.Signal(Stop);
        }

        Assert.Equal(BastionTroubleKind.TimedOut, Trouble(await client.StatusAsync("R-0/a/1", Token)).Kind);
        Assert.Equal(BastionState.Absent, Answered(await client.StatusAsync("R-0/a/1", Token)).State);
    }

    [Fact]
    public async Task One_connection_serves_many_questions_and_is_replaced_when_it_dies()
    {
        var client = bastion.Client();
        for (var round = 0; round < 3; round++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.StatusAsync("R-0/a/1", Token)));
            Assert.All(replies, reply => Assert.Equal(BastionState.Absent, Answered(reply).State));
            await bastion.Server.CutConnectionsAsync(Token);
            await UntilAsync(async () => await client.StatusAsync("R-0/a/1", Token) is BastionReply.Answered);
        }
    }

    private static BastionTrouble Trouble(BastionReply reply) => Assert.IsType<BastionReply.Unreached>(reply).Trouble;
}
