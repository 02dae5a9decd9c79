using System.Diagnostics;
using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Worlds;

/// <summary>
/// Moves the world on: metrics and rows first, then the clock, then the bots are told. Runs by itself at the clock's
/// rate, or in strides when asked.
/// </summary>
internal sealed class Pacemaker(
    WorldClock clock,
    MetricsFeed feed,
    ProductFeed product,
    ProductionModel model,
    Func<IReadOnlyList<BotReplica>> replicas,
    TimeSpan settleDeadline
) : IAsyncDisposable
{
    /// <summary>How far metrics are written ahead of a running clock, and the length of a stride.</summary>
    public static readonly TimeSpan Stride = TimeSpan.FromSeconds(30);

    /// <summary>How much of a leap is in memory at a time: ten days of samples at once are gigabytes.</summary>
    public static readonly TimeSpan Stage = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;
    private bool told = true;

    public void Start() => loop = Task.Run(LoopAsync);

    /// <summary>World seconds per real second from now on; 0 pauses.</summary>
    public async Task SetRateAsync(double rate, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            clock.Run(rate);
            await KeepAheadAsync(force: true, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// Goes through the time in strides, each followed by a wait until a bot has done what was due. Afterwards the
    /// clock runs on at its rate. False when every bot that there was is dead: the world then stands where they died.
    /// </summary>
    /// <exception cref="TimeoutException">A bot lives but does not settle.</exception>
    public async Task<bool> AdvanceAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        var rate = clock.Rate;
        try
        {
            clock.Run(0);
            var target = clock.Now + duration;
            while (target - clock.Now >= TimeSpan.FromMilliseconds(1))
            {
                var next = clock.Now + Stride < target ? clock.Now + Stride : target;
                if (!await MoveAndSettleAsync(next, cancellationToken))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            clock.Run(rate);
            turn.Release();
        }
    }

    /// <summary>Puts the clock forward at once: metrics in stages, one word to the bots, no waiting for them.</summary>
    public async Task JumpAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var target = clock.Now + duration;
            for (var to = clock.Now; to < target; )
            {
                to = target - to > Stage ? to + Stage : target;
                await WriteUpToAsync(to, cancellationToken);
            }

            clock.MoveTo(target);
            await TellAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// Tells the time again and waits until a bot has done what is due now; the clock stands meanwhile. As
    /// <see cref="AdvanceAsync"/>.
    /// </summary>
    public async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        var rate = clock.Rate;
        try
        {
            clock.Run(0);
            return await MoveAndSettleAsync(clock.Now, cancellationToken);
        }
        finally
        {
            clock.Run(rate);
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await loop;
        turn.Dispose();
        stopping.Dispose();
    }

    private async Task<bool> MoveAndSettleAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        await WriteUpToAsync(to, cancellationToken);
        clock.MoveTo(to);
        if (replicas().Count == 0)
        {
            return true;
        }

        var watch = Stopwatch.StartNew();
        var heard = false;
        while (watch.Elapsed < settleDeadline)
        {
            if (!replicas().Any(r => r.IsAlive))
            {
                return false;
            }

            heard = heard || await TellAsync(cancellationToken);
            if (heard && await IsSettledAsync(to, cancellationToken))
            {
                return true;
            }

            await Task.Delay(Poll, cancellationToken);
        }

        var answers = await Task.WhenAll(
            replicas()
                .Where(r => r.IsAlive)
                .Select(async r => $"{r.Place.Id}: {await r.DescribeClockAsync(cancellationToken)}, log {r.Place.Log}")
        );
        throw new TimeoutException(
            $"No bot had settled at {to:O} after {settleDeadline.TotalSeconds:0} s. {string.Join("; ", answers)}"
        );
    }

    private async Task WriteUpToAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        await product.ListenAsync(cancellationToken);
        await feed.WriteUpToAsync(to, cancellationToken);
        await product.WriteUpToAsync(to, cancellationToken);
    }

    private async Task<bool> IsSettledAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var replica in replicas().Where(r => r.IsAlive))
        {
            if (await replica.IsSettledAsync(at, cancellationToken) is { } settled)
            {
                return settled;
            }
        }

        return false;
    }

    // The clock is a row that all replicas read: one that takes it is enough.
    private async Task<bool> TellAsync(CancellationToken cancellationToken)
    {
        told = false;
        foreach (var replica in replicas().Where(r => r.IsAlive))
        {
            if (await replica.TellAsync(clock.Setting, cancellationToken))
            {
                return told = true;
            }
        }

        return false;
    }

    private async Task KeepAheadAsync(bool force, CancellationToken cancellationToken)
    {
        var ahead = TimeSpan.FromSeconds(Math.Max(Stride.TotalSeconds, 3 * clock.Rate));
        var behind = clock.Rate > 0 && model.At < clock.Now + ahead;
        if (behind)
        {
            await product.ListenAsync(cancellationToken);
            await feed.WriteUpToAsync(clock.Now + ahead, cancellationToken);
            clock.Extend(model.At);
        }

        await product.WriteUpToAsync(clock.Now, cancellationToken);
        if (behind || force || !told)
        {
            await TellAsync(cancellationToken);
        }
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                await turn.WaitAsync(stopping.Token);
                try
                {
                    await KeepAheadAsync(force: false, stopping.Token);
                }
                finally
                {
                    turn.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The world ends.
        }
    }
}
