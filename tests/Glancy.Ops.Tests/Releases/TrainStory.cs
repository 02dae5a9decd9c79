using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Glancy.Ops.Tests.Incidents;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Releases;

/// <summary>What people, the world and the clock may do to a train and to those who want to move it.</summary>
internal sealed class TrainStory(OpsHouse house, TrainLaws laws, Random random)
{
    /// <summary>Moves the train to the rung above at once, and after a rest during which everything may turn.</summary>
    public static IReadOnlyList<string> MovesOn { get; } = ["move-on", "move-later"];

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Hooks = ["HK-01", "HK-05", "HK-06"];
    private static readonly string[] OnRuns = ["break glass", "dismiss", "confirm", "retry", "abort"];
    private static readonly string[] People = ["mei", "lin", "wu", "mei"];

    // How often each happens; the calm ones often enough that the train gets anywhere.
    private static readonly (int Weight, string Name)[] Moves =
    [
        (4, "red"),
        (3, "unknown"),
        (22, "green"),
        (3, "minute"),
        (5, "five minutes"),
        (12, "half an hour"),
        (8, "look"),
        (4, "freeze"),
        (14, "thaw"),
        (4, "roll back"),
        (2, "sev-1"),
        (3, "break glass"),
        (3, "dismiss"),
        (3, "kill switch"),
        (5, "revert"),
        (24, "move"),
        (10, "confirm"),
        (18, "work"),
        (3, "promote fails"),
        (4, "promote works"),
        (2, "script fails"),
        (3, "script works"),
        (6, "retry"),
        (4, "abort"),
    ];

    public static Procedure[] Procedures { get; } =
    [
        .. LeanProcedures.All(verified: true),
        MoveOn("move-on"),
        MoveOn("move-later", Step("rest", "wait", ("for", "4m"))),
    ];

    public string Next()
    {
        var dice = random.Next(Moves.Sum(m => m.Weight));
        return Moves.First(move => (dice -= move.Weight) < 0).Name;
    }

    /// <summary>Does it; what came of it, for the one who tells the story.</summary>
    public async Task<string> MakeAsync(string move)
    {
        var (hook, person) = (Hooks[random.Next(Hooks.Length)], house.Person(People[random.Next(People.Length)]));
        IReadOnlyList<Run> open = OnRuns.Contains(move)
            ? await house.Get<RunStore>().ListAsync(openOnly: true, 100, None)
            : [];
        var newest =
            open.Count == 0 ? null
            : random.Next(4) > 0 ? open[0]
            : open[^1];
        var paused = open.FirstOrDefault(r => r.State == RunState.Paused);
        var desk = house.Get<RunDesk>();
        switch (move)
        {
            case "red" or "unknown":
                laws.Light(hook, move == "red" ? (hook == "HK-06" ? 1.0 : 0.9) : null);
                return hook;
            case "green":
                Array.ForEach(Hooks, h => laws.Light(h, double.NaN));
                break;
            case "minute" or "five minutes" or "half an hour":
                house.Advance(
                    TimeSpan.FromMinutes(
                        move == "minute" ? 1
                        : move == "five minutes" ? 5
                        : 31
                    )
                );
                break;
            case "look":
                await house.LookAsync(None);
                Assert.True(
                    !await laws.RedAsync() || await laws.FrozenAsync(),
                    "a red light was looked at and froze nothing"
                );
                break;
            case "freeze":
                await house.Get<ReleaseDesk>().FreezeAsync(person, "wait", None);
                break;
            case "thaw":
                return await DraftAsync("thaw", person, ("reason", "steady"));
            case "roll back":
                return await DraftAsync("rollback", person, ("batch", house.Bastion.Batch), ("reason", "errors"));
            case "kill switch":
                return await DraftAsync("kill-switch", person, ("reason", "errors"));
            case "move":
                return await DraftMoveAsync(person);
            case "sev-1":
                await house.OpenAsync(Severity.Sev1, None);
                break;
            case "break glass" when newest is not null:
                return Told(newest, await house.BreakGlassAsync(newest, person.Id, None));
            case "dismiss" when newest is not null:
                return Told(newest, await desk.DismissAsync(newest.Id, "not now", house.Person("mei"), None));
            case "confirm" when newest is not null:
                return await ConfirmAsync(newest, person);
            case "revert" when await LeaseAsync() is { } lease:
                var ending = await house.Get<LeaseDesk>().RevertAsync(lease.Id, person, "well again", None);
                var said = ending is LeaseOutcome.Drafted { Run: var back }
                    ? await SecondedAsync(back)
                    : ending.GetType().Name;
                return $"{lease.Target} {said}";
            case "work":
                await house.WorkAsync(None);
                break;
            case "promote fails" or "promote works":
                house.Bastion.Behaviour["releasectl.stage.promote"] = move == "promote fails" ? "fails" : "ok";
                break;
            case "script fails" or "script works":
                house.Bastion.Behaviour["rollback_stage"] = move == "script fails" ? "fails" : "ok";
                break;
            case "retry" when paused is not null:
                return Told(paused, await desk.RetryAsync(paused.Id, person, None));
            case "abort" when (paused ?? newest) is { } stuck:
                return Told(stuck, await desk.AbortAsync(stuck.Id, person, "enough", None));
        }

        return "";
    }

    /// <summary>The train one rung up from where it stands; at the top it begins anew.</summary>
    public async Task<DraftOutcome> DraftMoveAsync(string procedure, string person)
    {
        var ladder = house.Get<RunbookHolder>().Current.Ladder;
        var next = ladder.Next(house.Bastion.Batch) ?? ladder.Rungs.First(r => r.Production);
        var weight = next.Weight.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
        var arguments = new Dictionary<string, string> { ["batch"] = next.Batch, ["weight"] = weight };
        return await house
            .Get<Drafts>()
            .DraftAsync(procedure, arguments, house.Person(person), "gates are green", None);
    }

    private async Task<string> DraftMoveAsync(Glancy.Runbook.People.Person person)
    {
        var why = await laws.StandstillAsync();
        var outcome = await DraftMoveAsync(MovesOn[random.Next(MovesOn.Count)], person.Id);
        Assert.True(
            (outcome is DraftOutcome.Drafted or DraftOutcome.Waits) == (why is null),
            $"{outcome} although {why ?? "all is calm"}"
        );
        return await SecondedAsync(outcome);
    }

    private async Task<string> ConfirmAsync(Run run, Glancy.Runbook.People.Person person)
    {
        var why = run.Definition.AddsRisk ? await laws.StandstillAsync() : null;
        var outcome = await house.ConfirmAsync(run, person.Id, None);
        Assert.True(
            why is null || outcome is RunOutcome.Refused,
            $"{run.Name} {run.Definition.Id} confirmed although {why}"
        );
        return Told(run, outcome);
    }

    private async Task<string> DraftAsync(
        string procedure,
        Glancy.Runbook.People.Person person,
        params (string Name, string Value)[] arguments
    ) =>
        await SecondedAsync(
            await house
                .Get<Drafts>()
                .DraftAsync(procedure, arguments.ToDictionary(a => a.Name, a => a.Value), person, "because", None)
        );

    private async Task<string> SecondedAsync(DraftOutcome outcome) =>
        outcome switch
        {
            DraftOutcome.Drafted { Run: var run } => await SecondedAsync(run),
            DraftOutcome.Waits { Run: var run } => await SecondedAsync(run),
            DraftOutcome.Refused refused => refused.Refusal.Code,
            _ => "",
        };

    // Often somebody is there to confirm at once, and often it runs at once; otherwise it waits for a later move.
    private async Task<string> SecondedAsync(Run run)
    {
        if (random.Next(3) == 0)
        {
            return $"{run.Name} drafted";
        }

        var told = await ConfirmAsync(
            run,
            house.Person(run.State == RunState.AwaitingSecond && run.RequestedBy == "mei" ? "lin" : "mei")
        );
        if (random.Next(2) == 0)
        {
            await house.WorkAsync(None);
        }

        return told;
    }

    private async Task<Lease?> LeaseAsync()
    {
        var open = await house.Get<LeaseStore>().OpenAsync(None);
        return open.Count == 0 ? null : open[random.Next(open.Count)];
    }

    private static string Told(Run run, RunOutcome outcome) =>
        $"{run.Name} {run.Definition.Id} "
        + $"{(outcome is RunOutcome.Refused refused ? refused.Refusal.Code : outcome.GetType().Name)}";

    private static Procedure MoveOn(string id, params StepDefinition[] before) =>
        new()
        {
            Id = id,
            Title = new Words("推进", "Move on"),
            Section = "4.1",
            Risk = Risk.Change,
            Roles = ["release-manager", "primary"],
            Mitigation = false,
            Supersedes = false,
            Keys = ["train/prod"],
            Parameters = [Asks("batch", "batch"), Asks("weight", "number")],
            Steps = [.. before, Step("promote", "release.set", ("batch", "{batch}"), ("weight", "{weight}"))],
            ContentHash = "00",
            AddsRisk = true,
        };

    private static Parameter Asks(string name, string type) =>
        new(name, new Words(name, name), type, Required: true, null);

    private static StepDefinition Step(string id, string kind, params (string Name, string Value)[] with) =>
        new(
            id,
            kind,
            new Words(id, id),
            StepPhase.Effect,
            with.ToDictionary(w => w.Name, w => new StepValue([w.Value], false)),
            TimeSpan.FromMinutes(1),
            null,
            1
        );
}
