using Glancy.Ops.Flags;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Releases;

/// <summary>
/// What has to hold of the train whatever happens (rules 6, 7, 9). Knows the lights from the one who set them and not
/// from the bot, and looks over its shoulder in the moment of every effect.
/// </summary>
internal sealed class TrainLaws
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly OpsHouse house;
    private readonly List<(string Hook, DateTimeOffset From, bool Red, bool Good)> lights = [];
    private readonly List<string> broken = [];
    private Freeze? freeze;

    public TrainLaws(OpsHouse house)
    {
        this.house = house;
        house.Bastion.AfterEffect = command => Effect(command).GetAwaiter().GetResult();
    }

    /// <summary>How often something that adds risk has moved the train.</summary>
    public int Moved { get; private set; }

    /// <summary>How often a freeze was lifted.</summary>
    public int Thawed { get; private set; }

    /// <summary>From now on the hook has this value: null is no data, NaN is good.</summary>
    public void Light(string hook, double? value)
    {
        house.Lights.Set(hook, house.Now, value);
        lights.Add(
            (hook, house.Now, value is { } known && !double.IsNaN(known), value is { } good && double.IsNaN(good))
        );
    }

    public async Task<bool> FrozenAsync() => await house.Get<FreezeStore>().GetAsync(None) is not null;

    /// <summary>A hook is red now, and no switch of ours explains it.</summary>
    public async Task<bool> RedAsync() => (await BadAsync(house.Now)).Any(bad => bad.Red);

    /// <summary>Why nothing that adds risk may move now; null when all is calm.</summary>
    public async Task<string?> StandstillAsync()
    {
        var bad = await BadAsync(house.Now);
        var running = await house
            .Get<BotDatabase>()
            .QueryAsync<long>(
                """
                select id from glancy.run
                 where (definition ->> 'supersedes')::boolean and state in ('Running', 'Paused')
                   and effects_ended_at is null and finished_at is null
                """,
                null,
                None
            );
        return bad.Count > 0
                ? "lights: " + string.Join(", ", bad.Select(b => $"{b.Hook} {(b.Red ? "red" : "unknown")}"))
            : await FrozenAsync() ? "frozen"
            : running.Count > 0 ? $"R-{running[0]} is rolling back"
            : null;
    }

    /// <summary>Asked after every move.</summary>
    public async Task CheckAsync()
    {
        Assert.Empty(broken);
        var before = freeze;
        freeze = await house.Get<FreezeStore>().GetAsync(None);
        if (before is not null && freeze is null)
        {
            Thawed++;
            await CheckThawAsync(before);
        }
    }

    // Rule 6: nothing bad now; after a rollback the half hour since its last effect has shown nothing bad either.
    private async Task CheckThawAsync(Freeze lifted)
    {
        Assert.Empty(await BadAsync(house.Now));
        var runs = await house.Get<RunStore>().ListAsync(openOnly: false, 1000, None);
        Assert.Contains(
            runs,
            r =>
                r.Definition.Id == "thaw"
                && r.Steps.Any(s => s is { Id: "thaw", State: StepState.Done } && s.FinishedAt == house.Now)
        );
        foreach (var rollback in runs.Where(r => r.Definition.Supersedes && r.Steps.Any(s => s.Attempt > 0)))
        {
            var ended = rollback.EffectsEndedAt ?? rollback.FinishedAt;
            Assert.NotNull(ended);
            if (rollback.FinishedAt < lifted.Since)
            {
                continue;
            }

            Assert.True(
                house.Now >= ended + TimeSpan.FromMinutes(30),
                $"thawed {house.Now - ended} after {rollback.Name}"
            );
            for (var window = 1; window < 6; window++)
            {
                Assert.Empty(await BadAsync(house.Now - (window * TimeSpan.FromMinutes(5))));
            }
        }
    }

    // In the moment of the effect; the holder of the train's key is whose effect it is.
    private async Task Effect(string command)
    {
        if (command != "releasectl.stage.promote")
        {
            return;
        }

        var runs = await house.Get<RunStore>().ListAsync(openOnly: true, 1000, None);
        var mover = runs.Single(r => r.State == RunState.Running && r.Plan.Keys.Contains("train/prod"));
        if (!mover.Definition.AddsRisk)
        {
            return;
        }

        Moved++;
        if (await StandstillAsync() is { } why)
        {
            broken.Add($"{mover.Name} {mover.Definition.Id} moved the train although {why}");
        }
    }

    private async Task<IReadOnlyList<(string Hook, bool Red)>> BadAsync(DateTimeOffset at)
    {
        var runbook = house.Get<RunbookHolder>().Current;
        var bad = lights
            .Where(l => l.From <= at)
            .GroupBy(l => l.Hook)
            .Select(l => l.Last())
            .Where(l => !l.Good)
            .ToList();
        var stood = bad.Count == 0 ? [] : await house.Get<LeaseStore>().AllAsync(1000, None);
        return [.. bad.Where(l => !stood.Any(lease => Explains(lease, l.Hook))).Select(l => (l.Hook, l.Red))];

        // As long as the switch stands, and until the hook's window has forgotten it.
        bool Explains(Lease lease, string hook) =>
            lease.IsSwitch
            && runbook.Flags[lease.Target[FlagTarget.Before.Length..]].Affects.Contains(hook)
            && lease.Since <= at
            && !(lease.EndedAt + runbook.Hooks.Single(h => h.Id == hook).Lookback <= at);
    }
}
