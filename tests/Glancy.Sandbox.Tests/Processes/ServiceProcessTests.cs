using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Tests.Processes;

public sealed class ServiceProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pid_is_the_programs_own_and_stopping_ends_it()
    {
        using var folder = new TemporaryFolder();
        await using var service = ServiceProcess.Start(
            new ServiceCommand("sleeper", ["/bin/sleep", "600"], folder.In("log"))
        );
        await service.WaitReadyAsync(
            _ => Task.FromResult(ProcessIdentity.CommandOf(service.Identity.Pid) == "sleep"),
            TimeSpan.FromSeconds(10),
            Token
        );

        await service.StopAsync(15, TimeSpan.FromSeconds(10));

        Assert.True(service.HasExited);
        Assert.False(service.Identity.IsAlive);
    }

    [Fact]
    public async Task A_service_that_ends_before_it_is_ready_tells_its_last_words()
    {
        using var folder = new TemporaryFolder();
        await using var service = ServiceProcess.Start(
            new ServiceCommand("mute", ["/bin/sh", "-c", "echo the disk is full; exit 3"], folder.In("log"))
        );
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            service.WaitReadyAsync(_ => Task.FromResult(false), TimeSpan.FromSeconds(10), Token)
        );
        Assert.Contains("ended with 3", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("the disk is full", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_process_with_the_same_number_is_another_process()
    {
        var us = ProcessIdentity.Of("tests", Environment.ProcessId);
        Assert.NotNull(us);
        Assert.True(us.IsAlive);
        Assert.False((us with { StartTicks = us.StartTicks - 1 }).IsAlive);
        Assert.False((us with { Boot = "another" }).IsAlive);
    }

    [Fact]
    public void A_folder_under_the_temporary_one_is_short_enough_for_a_socket()
    {
        using var folder = new TemporaryFolder();
        Assert.True(folder.In("bot/replica-a.sock").Length < 100);
    }
}
