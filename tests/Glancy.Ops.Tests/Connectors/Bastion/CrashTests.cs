using Glancy.Ops.Connectors.Bastion;
using Glancy.Sandbox.Processes;
using static Glancy.Ops.Tests.Connectors.Bastion.BastionFixture;

namespace Glancy.Ops.Tests.Connectors.Bastion;

/// <summary>What becomes of a key when connections, processes or the machine die.</summary>
public sealed class CrashTests(BastionFixture bastion) : IClassFixture<BastionFixture>
{
    private readonly IBastion _client = bastion.Client();

    [Fact]
    public async Task A_command_goes_on_when_the_connection_is_cut_and_its_end_is_found()
    {
        var start = Start(bastion.NewRun(), "hold", "name", "cut");
        await _client.StartAsync(start, Token);
        var runner = bastion.Runner(start.Key);
        Assert.Equal(runner, SessionOf(runner));

        Assert.True(await bastion.Server.CutConnectionsAsync(Token) > 0);

        BastionReply.Answered? found = null;
        // The first question may still meet the dead connection.
        await UntilAsync(async () =>
            (found = await _client.StatusAsync(start.Key, Token) as BastionReply.Answered) is not null
        );
        Assert.Equal(BastionState.Running, found?.State);
        bastion.Release("cut");
        Assert.True((await EndAsync(_client, start.Key)).Succeeded);
        Assert.Equal(1, bastion.Effects("cut"));
    }

    [Fact]
    public async Task A_start_cut_before_its_answer_says_so_and_asking_again_ends_in_one_execution()
    {
        var start = Start(bastion.NewRun(), "note", "word", "cutstart");
        await using (await bastion.LockStateAsync())
        {
            // The agent has the request and waits for the lock.
            var cut = _client.StartAsync(start, Token);
            await UntilAsync(bastion.IsRequestWaiting);
            await bastion.Server.CutConnectionsAsync(Token);
            var trouble = Assert.IsType<BastionReply.Unreached>(await cut).Trouble;
            Assert.Equal((BastionTroubleKind.Cut, true, true), (trouble.Kind, trouble.MayHaveStarted, trouble.Passing));
        }

        Assert.NotEqual(BastionState.Refused, Answered(await _client.StartAsync(start, Token)).State);
        Assert.True((await EndAsync(_client, start.Key)).Succeeded);
        Assert.Equal(1, bastion.Effects("cutstart"));
    }

    [Fact]
    public async Task A_read_whose_connection_is_cut_is_trouble_and_not_an_answer()
    {
        var read = _client.ReadAsync("linger", new Dictionary<string, string> { ["name"] = "lingering" }, Token);
        await UntilAsync(() => bastion.Effects("lingering") == 1);
        await bastion.Server.CutConnectionsAsync(Token);
        Assert.Equal(BastionTroubleKind.Cut, Assert.IsType<BastionReading.Unreached>(await read).Trouble.Kind);
        bastion.Release("lingering");
    }

    [Fact]
    public async Task After_a_restart_of_the_machine_an_unfinished_command_is_unknown_and_a_finished_one_is_not()
    {
        var unfinished = await RunningAsync("reboot");
        var finished = Start(bastion.NewRun(), "note", "word", "before");
        await _client.StartAsync(finished, Token);
        await EndAsync(_client, finished.Key);
        foreach (var key in (string[])[unfinished.Key, finished.Key])
        {
            await File.WriteAllTextAsync(
                Path.Combine(bastion.KeyFolder(key), "boot"),
                "6e64b8f2-0000-4000-8000-000000000000\n",
                Token
            );
        }

        await AssertUnknownAsync(unfinished, BastionReason.OtherBoot);
        Assert.True(Answered(await _client.StatusAsync(finished.Key, Token)).Succeeded);
        bastion.Release("reboot");
    }

    [Fact]
    public async Task A_pid_that_belongs_to_a_later_process_is_not_taken_for_ours()
    {
        var start = await RunningAsync("reused");
        ProcessIdentity.Of("runner", bastion.Runner(start.Key))?.Signal(9);
        foreach (var file in (string[])["pid", "session"])
        {
            await File.WriteAllTextAsync(
                Path.Combine(bastion.KeyFolder(start.Key), file),
                $"{Environment.ProcessId} 1\n",
                Token
            );
        }

        await AssertUnknownAsync(start, BastionReason.Lost);
        bastion.Release("reused");
    }

    [Fact]
    public async Task A_command_whose_watcher_was_killed_runs_until_its_session_is_gone_and_is_unknown_then()
    {
        var start = await RunningAsync("lost");
        ProcessIdentity.Of("runner", bastion.Runner(start.Key))?.Signal(9);
        await UntilAsync(() => ProcessIdentity.Of("runner", bastion.Runner(start.Key)) is not { IsAlive: true });

        // Lost from sight is not over.
        Assert.Equal(
            (BastionState.Running, BastionReason.Unwatched),
            Stands(await _client.StatusAsync(start.Key, Token))
        );
        Assert.Equal((BastionState.Running, BastionReason.Unwatched), Stands(await _client.StartAsync(start, Token)));
        bastion.Release("lost");
        await EndAsync(_client, start.Key);

        await AssertUnknownAsync(start, BastionReason.Lost);
        Assert.Equal(1, bastion.Effects("lost"));
    }

    [Fact]
    public async Task A_background_job_of_a_command_that_was_lost_keeps_it_running()
    {
        var start = Start(bastion.NewRun(), "spawn", "name", "spawned");
        await _client.StartAsync(start, Token);
        await UntilAsync(() => bastion.Effects("spawned") == 1);
        KillWatchers(start.Key);
        ProcessIdentity.Of("command", bastion.Session(start.Key))?.Signal(9);
        await UntilAsync(() => ProcessIdentity.Of("command", bastion.Session(start.Key)) is not { IsAlive: true });

        Assert.Equal(
            (BastionState.Running, BastionReason.Unwatched),
            Stands(await _client.StatusAsync(start.Key, Token))
        );
        bastion.Release("spawned");
        await EndAsync(_client, start.Key);
        await AssertUnknownAsync(start, BastionReason.Lost);
    }

    [Fact]
    public async Task A_cancel_reaches_a_command_that_nobody_watches_any_more()
    {
        var start = await RunningAsync("unwatched");
        KillWatchers(start.Key);

        var cancelled = Answered(await _client.CancelAsync(start.Key, 1, Token));

        Assert.Equal((BastionState.Unknown, BastionReason.Lost), (cancelled.State, cancelled.ReasonCode));
        Assert.False(ProcessIdentity.Of("command", bastion.Session(start.Key)) is { IsAlive: true });
    }

    [Fact]
    public async Task The_grace_between_asking_and_killing_is_seconds_however_long_a_look_takes()
    {
        await using var slow = bastion.WithAgent(text =>
            text.Replace(
                "signal_session() {\n",
                "signal_session() {\n  read -r -t 0.8 -u \"$never\"\n",
                StringComparison.Ordinal
            )
        );
        var start = Start(bastion.NewRun(), "hang", "name", "grace");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await _client.StartAsync(start, Token);

        await EndAsync(_client, start.Key);

        // One second of deadline, five of grace; fifty looks of 0.9 s would be forty-five.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task A_claim_that_nobody_carried_out_is_unknown_and_never_carried_out_later()
    {
        var start = Start(bastion.NewRun(), "note", "word", "claimed");
        var folder = Directory.CreateDirectory(bastion.KeyFolder(start.Key)).FullName;
        await AssertUnknownAsync(start, BastionReason.NeverStarted);

        await File.WriteAllTextAsync(Path.Combine(folder, "request"), "command note\nparam word claimed\n", Token);
        File.Copy("/proc/sys/kernel/random/boot_id", Path.Combine(folder, "boot"));
        await AssertUnknownAsync(start, BastionReason.NeverStarted);
        Assert.Equal(0, bastion.Effects("claimed"));
    }

    [Fact]
    public async Task A_claim_that_is_just_being_carried_out_is_running()
    {
        var start = Start(bastion.NewRun(), "note", "word", "a");
        var folder = Directory.CreateDirectory(bastion.KeyFolder(start.Key)).FullName;
        File.Copy("/proc/sys/kernel/random/boot_id", Path.Combine(folder, "boot"));
        Task<BastionReply> status;
        await using (await bastion.LockStateAsync())
        {
            status = _client.StatusAsync(start.Key, Token);
            await UntilAsync(bastion.IsRequestWaiting);
            Assert.False(status.IsCompleted);
            // What the claimer would write before it lets the lock go.
            var own = ProcessIdentity.Of("self", Environment.ProcessId);
            await File.WriteAllTextAsync(Path.Combine(folder, "pid"), $"{own?.Pid} {own?.StartTicks}\n", Token);
        }

        Assert.Equal(BastionState.Running, Answered(await status).State);
    }

    [Fact]
    public async Task At_its_deadline_a_command_is_killed_with_all_it_left_in_its_session()
    {
        var start = Start(bastion.NewRun(), "hang", "name", "deadline");
        await _client.StartAsync(start, Token);

        var end = await EndAsync(_client, start.Key);

        // Rule 1: a timed-out effect is unknown, never failed.
        Assert.Equal((BastionState.Unknown, BastionReason.TimedOut, 124), (end.State, end.ReasonCode, end.ExitCode));
        await AssertGoneAsync("hung-deadline");
    }

    [Fact]
    public async Task The_deadline_holds_when_the_watcher_is_dead()
    {
        var start = Start(bastion.NewRun(), "hang", "name", "orphan");
        await _client.StartAsync(start, Token);
        await UntilAsync(() =>
            new FileInfo(Path.Combine(bastion.Server.Folder, "hung-orphan")) is { Exists: true, Length: > 0 }
        );
        ProcessIdentity.Of("runner", bastion.Runner(start.Key))?.Signal(9);
        await AssertGoneAsync("hung-orphan");

        // The last of its session goes a moment later; until then it is running, and nobody watches.
        await EndAsync(_client, start.Key);
        await AssertUnknownAsync(start, BastionReason.Lost);
    }

    [Fact]
    public async Task A_cancel_kills_the_session_and_the_effect_is_unknown_from_then_on()
    {
        var start = await RunningAsync("cancelled");
        var cancelled = Answered(await _client.CancelAsync(start.Key, 1, Token));
        Assert.Equal(BastionState.Cancelled, cancelled.State);
        Assert.False(cancelled.Succeeded);
        var again = Answered(await _client.StartAsync(start, Token));
        Assert.Equal((BastionState.Cancelled, true), (again.State, again.Replayed));
        Assert.Equal(1, bastion.Effects("cancelled"));
    }

    [Fact]
    public async Task A_cancel_after_the_end_changes_nothing()
    {
        var start = Start(bastion.NewRun(), "note", "word", "ended");
        await _client.StartAsync(start, Token);
        await EndAsync(_client, start.Key);
        var late = Answered(await _client.CancelAsync(start.Key, 1, Token));
        Assert.Equal((BastionState.Exited, 0), (late.State, late.ExitCode));
    }

    [Fact]
    public async Task Cancelling_our_own_waiting_does_not_cancel_the_command()
    {
        var start = await RunningAsync("waiting");
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<BastionReply> asked;
        await using (await bastion.LockStateAsync())
        {
            asked = _client.StartAsync(start with { Epoch = 2 }, impatient.Token);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        }

        Assert.Equal(BastionState.Running, Answered(await _client.StatusAsync(start.Key, Token)).State);
        bastion.Release("waiting");
        Assert.True((await EndAsync(_client, start.Key)).Succeeded);
    }

    private async Task<BastionStart> RunningAsync(string name)
    {
        var start = Start(bastion.NewRun(), "hold", "name", name);
        Assert.Equal(BastionState.Running, Answered(await _client.StartAsync(start, Token)).State);
        await UntilAsync(() => bastion.Effects(name) == 1);
        return start;
    }

    private async Task AssertUnknownAsync(BastionStart start, string reason)
    {
        var status = Answered(await _client.StatusAsync(start.Key, Token));
        Assert.Equal((BastionState.Unknown, reason), (status.State, status.ReasonCode));
        var again = Answered(await _client.StartAsync(start, Token));
        Assert.Equal((BastionState.Unknown, reason, true), (again.State, again.ReasonCode, again.Replayed));
    }

    // The runner and whoever holds the deadline: everything of ours, and nothing of the command.
    private void KillWatchers(string key)
    {
        var folder = bastion.KeyFolder(key);
        foreach (
            var process in Directory
                .EnumerateDirectories("/proc")
                .Select(Path.GetFileName)
                .Where(name => int.TryParse(name, out _))
        )
        {
            try
            {
                if (
                    File.ReadAllText($"/proc/{process}/cmdline")
                        .Contains($"--run\0{folder}\0", StringComparison.Ordinal)
                )
                {
                    ProcessIdentity.Of("watcher", int.Parse(process ?? "", null))?.Signal(9);
                }
            }
            catch (IOException)
            {
                // It has gone meanwhile.
            }
        }
    }

    private static (BastionState State, string? Reason) Stands(BastionReply reply) =>
        (Answered(reply).State, Answered(reply).ReasonCode);

    private static int SessionOf(int pid) =>
        int.Parse(File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ')[3], null);

    private async Task AssertGoneAsync(string file)
    {
        var pids = (await File.ReadAllTextAsync(Path.Combine(bastion.Server.Folder, file), Token))
            .Split(' ')
            .Select(pid => int.Parse(pid, null))
            .ToList();
        Assert.Equal(2, pids.Count);
        await UntilAsync(() => pids.All(pid => ProcessIdentity.Of("hung", pid) is not { IsAlive: true }));
    }
}
