using Glancy.Bot.Slack.Inbox;

namespace Glancy.Bot.Tests.Slack;

/// <summary>Whoever is woken can do something about it.</summary>
public sealed class WorkSignalTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    private readonly WorkSignal signal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => signal.Dispose();

    [Fact]
    public async Task A_read_wakes_who_reads_though_another_waits_for_changes_longer()
    {
        var changes = signal.WaitAsync(SlackUrgency.Change, Long, Token);
        var reads = signal.WaitAsync(SlackUrgency.Read, Long, Token);

        signal.Ring(SlackUrgency.Read);

        await reads.WaitAsync(Long / 2, Token);
        await Task.Delay(Short, Token);
        Assert.False(changes.IsCompleted);
    }

    [Fact]
    public async Task A_change_wakes_one_of_each()
    {
        var changes = signal.WaitAsync(SlackUrgency.Change, Long, Token);
        var reads = signal.WaitAsync(SlackUrgency.Read, Long, Token);

        signal.Ring(SlackUrgency.Change);

        await Task.WhenAll(changes, reads).WaitAsync(Long / 2, Token);
    }

    [Fact]
    public async Task What_came_while_nobody_waited_is_not_forgotten_and_ten_thousand_are_no_ten_thousand_looks()
    {
        for (var i = 0; i < 10_000; i++)
        {
            signal.Ring(SlackUrgency.Read);
        }

        var looks = 0;
        while (await WokenAsync())
        {
            looks++;
        }

        Assert.InRange(looks, 1, 20);
    }

    // Whether it was rung, and not the time that woke.
    private async Task<bool> WokenAsync()
    {
        var begun = TimeProvider.System.GetTimestamp();
        await signal.WaitAsync(SlackUrgency.Read, Short, Token);
        return TimeProvider.System.GetElapsedTime(begun) < Short / 2;
    }
}
