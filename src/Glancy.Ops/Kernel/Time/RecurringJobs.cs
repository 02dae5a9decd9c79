using Glancy.Ops.Kernel.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Kernel.Time;

/// <summary>
/// Something that one replica does again and again for all of them. What is due is in rows, so that a turn more or
/// less, or two at once, changes nothing that people see.
/// </summary>
internal interface IRecurringJob
{
    /// <summary>Unique among the rounds; names its lease.</summary>
    string Name { get; }

    /// <summary>World time between two turns; zero for at every wake.</summary>
    TimeSpan Every { get; }

    /// <summary>One turn.</summary>
    Task GoAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Goes each round in one replica: a row lease by the database's clock, turns spaced by the world clock.
/// </summary>
internal sealed partial class RecurringJobs(
    IEnumerable<IRecurringJob> rounds,
    LeaderClaims leaders,
    WakeSignal wake,
    ClockReady ready,
    IOptions<ReplicaOptions> options,
    TimeProvider clock,
    ILogger<RecurringJobs> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);

        // A round that hangs does not hold up the others.
        await Task.WhenAll(rounds.Select(round => TurnsAsync(round, stoppingToken)));
    }

    private async Task TurnsAsync(IRecurringJob round, CancellationToken stoppingToken)
    {
        var turn = new Turn();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = wake.Next;
                await TakeTurnAsync(round, turn, stoppingToken);
                await WakeSignal.WaitAsync(next, options.Value.WakeInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception trouble)
            {
                LogTrouble(trouble, round.Name);
                await FailedAsync(turn, trouble, stoppingToken);
                await Task.Delay(options.Value.WakeInterval, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeTurnAsync(IRecurringJob round, Turn turn, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (turn.LookedAt is { } last && last <= now && now < last + round.Every)
        {
            return;
        }

        if (
            !await HoldsAsync(round, turn, cancellationToken)
            || (turn.LookedAt is { } before && before <= now && now < before + round.Every)
        )
        {
            return;
        }

        await round.GoAsync(cancellationToken);
        var spaced = round.Every > TimeSpan.Zero;
        if (turn.Held is { } held && (spaced || turn.Doubted))
        {
            await leaders.LookedAsync(held, spaced ? now : null, cancellationToken);
            turn.Doubted = false;
            turn.LookedAt = spaced ? now : turn.LookedAt;
        }
    }

    // It rests for all replicas: what fails here mostly fails elsewhere. The database's own trouble is nobody's
    // failure, and cannot be written anyway.
    private async Task FailedAsync(Turn turn, Exception trouble, CancellationToken cancellationToken)
    {
        if (turn.Held is not { } held || !trouble.IsOfWork())
        {
            return;
        }

        (turn.Held, turn.AskedAt) = (null, 0);
        try
        {
            await leaders.FailedAsync(held, trouble.GetType().Name, cancellationToken);
        }
        catch (Exception away)
        {
            LogUnwritten(away);
        }
    }

    // Asked of the database a few times a lease and not at every wake, which would be a write each.
    private async Task<bool> HoldsAsync(IRecurringJob round, Turn turn, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var often = settings.RowLease / (turn.Held is not null ? 2 : 4);
        if (TimeProvider.System.GetElapsedTime(turn.AskedAt) < often && turn.AskedAt > 0)
        {
            return turn.Held is not null;
        }

        turn.AskedAt = TimeProvider.System.GetTimestamp();
        turn.Held = await leaders.HoldAsync(round.Name, settings.ReplicaId, settings.RowLease, cancellationToken);
        turn.LookedAt = turn.Held?.LookedAt;
        turn.Doubted = turn.Held is { Claim.Attempts: > 0 };
        return turn.Held is not null;
    }

    // What this replica knows of a round: whether it has the lease, and when it or the one before looked last.
    private sealed class Turn
    {
        public HeldDuty? Held { get; set; }

        // Something went wrong before, or another replica had it: that it goes well is not written down yet.
        public bool Doubted { get; set; }

        public long AskedAt { get; set; }

        public DateTimeOffset? LookedAt { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The round {Round} failed; the next turn tries again")]
    private partial void LogTrouble(Exception trouble, string round);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That a round failed could not be written down")]
    private partial void LogUnwritten(Exception away);
}

/// <summary>Registers rounds.</summary>
internal static class RecurringJobServices
{
    public static IServiceCollection AddRecurringJob<T>(this IServiceCollection services)
        where T : class, IRecurringJob =>
        services.AddSingleton<T>().AddSingleton<IRecurringJob>(provider => provider.GetRequiredService<T>());
}
