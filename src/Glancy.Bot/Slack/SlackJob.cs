using Glancy.Ops;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack;

/// <summary>
/// Goes round in one replica at a time, by a row lease and in real time: what Slack shows is for people who look at it.
/// </summary>
internal sealed class SlackJob(
    LeaderClaims leaders,
    ClockReady ready,
    IOptions<GlancyOptions> options,
    IOptions<SlackDoorOptions> door
)
{
    /// <summary>Until the replica ends. A turn that fails is told and holds up no later one.</summary>
    /// <param name="duty">Unique among what one replica does for all; names its lease.</param>
    /// <param name="atOnce">The first turn does not wait for an interval to pass.</param>
    public async Task GoAsync(
        string duty,
        bool atOnce,
        Func<CancellationToken, Task> turn,
        Action<Exception> failed,
        CancellationToken stoppingToken
    )
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(door.Value.PresenceInterval);
        while (atOnce || await timer.WaitForNextTickAsync(stoppingToken))
        {
            atOnce = false;
            try
            {
                var lease = door.Value.PresenceInterval * 3;
                if (await leaders.HoldAsync(duty, options.Value.ReplicaId, lease, stoppingToken) is not null)
                {
                    await turn(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // What is late harms nobody; the next turn sets it.
            catch (Exception trouble)
            {
                failed(trouble);
            }
        }
    }
}
