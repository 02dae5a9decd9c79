using Glancy.Ops.Flags;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Leases;

/// <summary>When somebody else's hand comes into a run of ours.</summary>
internal enum Hand
{
    Never,
    AfterDraft,
    AfterConfirmation,
    AfterSnapshot,
    AfterEffect,
}

/// <summary>Makes moves in a house and says to the oracle what should have come of them.</summary>
internal sealed class LeaseStory(OpsHouse house, LeaseOracle oracle)
{
    private const string Basic = FlagTarget.Before + "glancy.lookup.force_basic";
    private static readonly (string Target, string Value)[] KillSwitch =
    [
        (Basic, "true"),
        (FlagTarget.Before + "glancy.regenerate.enabled", "false"),
        (FlagTarget.Before + "glancy.exports.enabled", "false"),
    ];

    private static readonly CancellationToken None = CancellationToken.None;
    private readonly HashSet<string> foreign = [];
    private bool frozen;

    /// <summary>
    /// Sets one flag, or the train's weight, for a time. Nothing of the runbook's does just that yet.
    /// </summary>
    public static Procedure[] Procedures { get; } =
    [
        .. LeanProcedures.All(verified: false),
        Setter(
            "set",
            "flag/{flag}",
            [Asks("flag", "flag"), Asks("value", "word")],
            [Step("snapshot", "flag.snapshot"), Step("set", "flag.set", "flag", "value")]
        ),
        Setter(
            "weigh",
            "train/prod",
            [Asks("batch", "batch"), Asks("weight", "number")],
            [Step("set", "release.set", "batch", "weight")]
        ),
    ];

    /// <summary>What production says.</summary>
    public string Stands(string target) =>
        LeaseOracle.FlagOf(target) is { } flag
            ? house.Bastion.Flags[flag]
            : TrainTarget.Value(house.Bastion.Batch, house.Bastion.Weight);

    public Task<IReadOnlyList<Lease>> OpenAsync() => house.Get<LeaseStore>().OpenAsync(None);

    public async Task<string> SetAsync(string target, string value, Hand hand)
    {
        var run = LeaseOracle.FlagOf(target) is { } flag
            ? await DraftAsync("set", ("flag", flag), ("value", value))
            : await DraftAsync("weigh", ("batch", house.Bastion.Batch), ("weight", value));
        if (await CarryAsync(run, target, hand) is { } meddled)
        {
            oracle.Foreign(target, meddled);
            return "set-meddled";
        }

        oracle.Change(target, run.Plan.Steps[^1].Changes[0].Desired);
        return "set";
    }

    public async Task<string> KillAsync()
    {
        await CarryAsync(await DraftAsync("kill-switch", ("reason", "errors")), Basic, Hand.Never);
        foreach (var (target, value) in KillSwitch)
        {
            oracle.Change(target, value);
        }

        return "kill-switch";
    }

    public async Task<string> RollBackAsync()
    {
        if (house.Bastion.Weight == "0")
        {
            return "nothing";
        }

        await CarryAsync(await DraftAsync("rollback", ("batch", "REL-B3"), ("reason", "errors")), Basic, Hand.Never);
        oracle.Change(TrainTarget.State, "REL-B3 0%");
        oracle.Change(Basic, "true");
        frozen = true;
        return "rollback";
    }

    public async Task<string> ThawAsync()
    {
        if (!frozen)
        {
            return "nothing";
        }

        await house.ThawAsync(None);
        frozen = false;
        return "thaw";
    }

    public string Meddle(string target)
    {
        oracle.Foreign(target, Touch(target));
        return "foreign";
    }

    /// <summary>Takes an open lease back, wherever in its stack it stands.</summary>
    public async Task<string> RevertAsync(Lease lease, Hand hand)
    {
        var (target, before) = (lease.Target, Stands(lease.Target));
        var at = (await OpenAsync()).Where(l => l.Target == target).Select(l => l.Id).ToList().IndexOf(lease.Id);
        var outcome = await house.Get<LeaseDesk>().RevertAsync(lease.Id, house.Person("lin"), "well again", None);
        if (at < oracle.Stack(target).Count - 1)
        {
            Assert.Equal(LeaseEnd.Released, Assert.IsType<LeaseOutcome.Ended>(outcome).Lease.End);
            oracle.Revert(target, at);
            return "released";
        }

        if ((frozen && !lease.IsSwitch) || !oracle.Ours(target))
        {
            var code = Assert.IsType<LeaseOutcome.Refused>(outcome).Refusal.Code;
            Assert.Equal(frozen && !lease.IsSwitch ? "frozen" : "not-ours", code);
            return code;
        }

        var run = outcome is LeaseOutcome.Waits waits ? waits.Run : Assert.IsType<LeaseOutcome.Drafted>(outcome).Run;
        if (await CarryAsync(run, target, hand) is { } meddled)
        {
            oracle.Foreign(target, meddled);
            Assert.Equal(meddled, Stands(target));
            return "revert-meddled";
        }

        // Whatever the oracle thinks: what a foreign hand has left is left alone.
        Assert.True(!foreign.Contains(before) || Stands(target) == before, $"{lease.Name} overwrote {before}");
        oracle.Revert(target, at);
        return "reverted";
    }

    public async Task<string> KeepAsync(Lease lease)
    {
        var at = (await OpenAsync()).Where(l => l.Target == lease.Target).Select(l => l.Id).ToList().IndexOf(lease.Id);
        Assert.IsType<LeaseOutcome.Ended>(
            await house.Get<LeaseDesk>().KeepAsync(lease.Id, house.Person("mei"), "for good", None)
        );
        oracle.Keep(lease.Target, at);
        return "kept";
    }

    private string Touch(string target)
    {
        // No two hands leave the same, and none what is ours.
        var number = (20 + foreign.Count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (LeaseOracle.FlagOf(target) is { } flag)
        {
            house.Bastion.Flags[flag] = number;
        }
        else
        {
            house.Bastion.Weight = number;
        }

        foreign.Add(Stands(target));
        return Stands(target);
    }

    private async Task<Run> DraftAsync(string procedure, params (string Name, string Value)[] arguments)
    {
        var outcome = await house
            .Get<Drafts>()
            .DraftAsync(
                procedure,
                arguments.ToDictionary(a => a.Name, a => a.Value),
                house.Person("lin"),
                "because",
                None
            );

        // The same thing may have been drafted before, and wait.
        return outcome is DraftOutcome.Waits waits ? waits.Run : Assert.IsType<DraftOutcome.Drafted>(outcome).Run;
    }

    // Confirms and works to the end; what the hand left, when it came into it.
    private async Task<string?> CarryAsync(Run run, string target, Hand hand)
    {
        string? left = null;
        var command =
            hand == Hand.AfterSnapshot ? "configctl.snapshot.create"
            : hand == Hand.AfterEffect ? "configctl.feature.set"
            : null;
        house.Bastion.AfterEffect = done => left ??= done == command ? Touch(target) : null;
        left = hand == Hand.AfterDraft ? Touch(target) : null;
        var outcome = await house.ConfirmAsync(run, run.State == RunState.AwaitingSecond ? "mei" : "lin", None);
        Assert.Equal(left is null, outcome is RunOutcome.Accepted);
        if (outcome is RunOutcome.Accepted { Run.State: RunState.AwaitingSecond })
        {
            // One that was planned anew, and that nobody had confirmed yet.
            Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(run, "mei", None));
        }

        left ??= hand == Hand.AfterConfirmation ? Touch(target) : null;
        await house.WorkAsync(None);
        house.Bastion.AfterEffect = null;
        if ((await house.RunAsync(run.Id, None)).State == RunState.Paused)
        {
            await house.Get<RunDesk>().AbortAsync(run.Id, house.Person("lin"), "not ours", None);
            await house.WorkAsync(None);
        }

        var ended = await house.RunAsync(run.Id, None);
        Assert.True(left is null == (ended.State == RunState.Succeeded), $"{run.Name} {ended.State} {ended.Outcome}");
        return left;
    }

    private static Procedure Setter(string id, string key, Parameter[] asks, StepDefinition[] steps) =>
        new()
        {
            Id = id,
            Title = new Words("设置", "Set"),
            Section = "5.2",
            Risk = Risk.Change,
            Roles = ["primary", "release-manager"],
            Mitigation = true,
            Supersedes = false,
            Keys = [key],
            Parameters = asks,
            Steps = steps,
            ContentHash = "00",
        };

    private static Parameter Asks(string name, string type) =>
        new(name, new Words(name, name), type, Required: true, null);

    private static StepDefinition Step(string id, string kind, params string[] with) =>
        new(
            id,
            kind,
            new Words(id, id),
            StepPhase.Effect,
            with.ToDictionary(w => w, w => new StepValue([$"{{{w}}}"], false)),
            TimeSpan.FromMinutes(1),
            null,
            1
        );
}
