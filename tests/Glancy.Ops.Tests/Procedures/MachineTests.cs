using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>
/// The machines of runs, keys and episodes under any order of what people, workers, the world and the clock may do.
/// After every move the same laws have to hold.
/// </summary>
public sealed class MachineTests(PostgresFixture postgres)
{
    private static readonly string[] People = ["lin", "wu", "mei", "han", "dong", "olga"];

    // What may follow what (spec of the engine); a state may also stay.
    private static readonly Dictionary<RunState, RunState[]> Next = new()
    {
        [RunState.Draft] =
        [
            RunState.AwaitingSecond,
            RunState.Confirmed,
            RunState.Aborted,
            RunState.Superseded,
            RunState.Expired,
        ],
        [RunState.AwaitingSecond] = [RunState.Confirmed, RunState.Aborted, RunState.Superseded, RunState.Expired],
        [RunState.Confirmed] =
        [
            RunState.Running,
            RunState.Paused,
            RunState.Verifying,
            RunState.Succeeded,
            RunState.Failed,
            RunState.Aborted,
            RunState.Superseded,
        ],
        [RunState.Running] =
        [
            RunState.Paused,
            RunState.Verifying,
            RunState.Succeeded,
            RunState.Failed,
            RunState.Aborted,
            RunState.Superseded,
        ],
        [RunState.Paused] =
        [
            RunState.Running,
            RunState.Verifying,
            RunState.Succeeded,
            RunState.Failed,
            RunState.Aborted,
            RunState.Superseded,
        ],
        [RunState.Verifying] =
        [
            RunState.Paused,
            RunState.Succeeded,
            RunState.Failed,
            RunState.Aborted,
            RunState.Superseded,
        ],
    };

    public enum Move
    {
        DraftRollback,
        DraftOther,
        ConfirmNewest,
        ConfirmOldest,
        Work,
        Look,
        MinutePasses,
        FiveMinutesPass,
        HalfAnHourPasses,
        TurnRed,
        TurnGood,
        TurnUnknown,
        ScriptWorks,
        ScriptFails,
        ScriptIsLost,
        BastionGoes,
        BastionComesBack,
        SomebodyMovesTheWeight,
        SomebodyEditsTheScript,
        Abort,
        Retry,
        Skip,
        Dismiss,
        BatchIsPromotedAgain,
    }

    [Property(MaxTest = 40, EndSize = 40)]
    public Property Laws_hold_after_every_move()
    {
        var moves = Gen.Elements(Enum.GetValues<Move>()).Zip(Gen.Choose(0, People.Length - 1)).ListOf().ToArbitrary();
        return Prop.ForAll(
            moves,
            list => PlayAsync([.. list.Select(pair => (pair.Item1, People[pair.Item2]))]).GetAwaiter().GetResult()
        );
    }

    [Fact]
    public async Task A_long_afternoon_of_everything_keeps_the_laws()
    {
        var random = new Random(20250418);
        var moves = Enumerable
            .Range(0, 250)
            .Select(_ => ((Move)random.Next(Enum.GetValues<Move>().Length), People[random.Next(People.Length)]));
        Assert.True(await PlayAsync([.. moves]));
    }

    private async Task<bool> PlayAsync(IReadOnlyList<(Move Move, string Person)> moves)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, CancellationToken.None, Other());
        var seen = new Dictionary<long, RunState>();
        var frozen = false;
        foreach (var (move, person) in moves)
        {
            await MakeAsync(house, move, person);
            frozen = await CheckAsync(house, seen, frozen, move);
        }

        var verdict = await house.Get<AuditLog>().VerifyAsync(CancellationToken.None);
        Assert.True(verdict.Intact, string.Join(", ", verdict.Faults));
        return true;
    }

    // A mitigation with the rollback's key that waits in the middle: what a rollback has to supersede, and nothing else
    // may pass.
    private static Procedure Other() =>
        new()
        {
            Id = "other",
            Title = new Words("另一个", "Another"),
            Section = "5.2",
            Risk = Risk.Change,
            Roles = ["primary", "release-manager"],
            Mitigation = true,
            Supersedes = false,
            Keys = ["train/prod"],
            Parameters = [],
            Steps =
            [
                new StepDefinition(
                    "off",
                    "flag.set",
                    new Words("关", "Off"),
                    StepPhase.Effect,
                    With(("flag", "glancy.regenerate.enabled"), ("value", "false")),
                    TimeSpan.FromMinutes(1),
                    null,
                    1
                ),
                new StepDefinition(
                    "rest",
                    "wait",
                    new Words("等", "Wait"),
                    StepPhase.Effect,
                    With(("for", "10m")),
                    TimeSpan.FromHours(1),
                    null,
                    2
                ),
            ],
            ContentHash = "00",
        };

    private static Dictionary<string, StepValue> With(params (string Name, string Value)[] values) =>
        values.ToDictionary(v => v.Name, v => new StepValue([v.Value], false));

    private static async Task MakeAsync(OpsHouse house, Move move, string who)
    {
        var none = CancellationToken.None;
        var person = house.Person(who);
        var desk = house.Get<RunDesk>();
        var open = await house.Get<RunStore>().ListAsync(openOnly: true, 100, none);
        switch (move)
        {
            case Move.DraftRollback:
                var arguments = new Dictionary<string, string> { ["batch"] = "REL-B3", ["reason"] = "because" };
                await house.Get<Drafts>().DraftAsync("rollback", arguments, person, "because", none);
                break;
            case Move.DraftOther:
                await house
                    .Get<Drafts>()
                    .DraftAsync("other", new Dictionary<string, string>(), person, "because", none);
                break;
            case Move.ConfirmNewest or Move.ConfirmOldest when open.Count > 0:
                var run = move == Move.ConfirmNewest ? open[0] : open[^1];
                await desk.ConfirmAsync(run.Id, run.Plan.Code, person, null, none);
                break;
            case Move.Work:
                await house.WorkAsync(none);
                break;
            case Move.Look:
                await house.LookAsync(none);
                break;
            case Move.MinutePasses:
                house.Advance(TimeSpan.FromMinutes(1));
                break;
            case Move.FiveMinutesPass:
                house.Advance(TimeSpan.FromMinutes(5));
                break;
            case Move.HalfAnHourPasses:
                house.Advance(TimeSpan.FromMinutes(31));
                break;
            case Move.TurnRed:
                house.Lights.Set("HK-01", house.Now, 0.9);
                break;
            case Move.TurnGood:
                house.Lights.Set("HK-01", house.Now, double.NaN);
                break;
            case Move.TurnUnknown:
                house.Lights.Set("HK-01", house.Now, null);
                break;
            case Move.ScriptWorks:
                house.Bastion.Behaviour["rollback_stage"] = "ok";
                break;
            case Move.ScriptFails:
                house.Bastion.Behaviour["rollback_stage"] = "fails";
                break;
            case Move.ScriptIsLost:
                house.Bastion.Behaviour["rollback_stage"] = "lost";
                break;
            case Move.BastionGoes:
                house.Bastion.Away = true;

                // A worker would wait for it in real time; deadlines have tests of their own.
                break;
            case Move.BastionComesBack:
                house.Bastion.Away = false;
                break;
            case Move.SomebodyMovesTheWeight:
                house.Bastion.Weight = "50";
                break;
            case Move.SomebodyEditsTheScript:
                house.Bastion.Digest = new string((char)('a' + (house.Bastion.Effects.Count % 6)), 64);
                break;
            case Move.Abort when open.Count > 0:
                await desk.AbortAsync(open[^1].Id, person, "enough", none);
                break;
            case Move.Retry when open.Count > 0:
                await desk.RetryAsync(open[^1].Id, person, none);
                break;
            case Move.Skip when open.Count > 0:
                await desk.SkipAsync(
                    open[^1].Id,
                    open[^1].Steps.FirstOrDefault(s => s.State is StepState.Failed or StepState.Unknown)?.Id
                        ?? "execute",
                    "seen by hand",
                    person,
                    none
                );
                break;
            case Move.Dismiss when open.Count > 0:
                await desk.DismissAsync(open[0].Id, "not now", person, none);
                break;
            case Move.BatchIsPromotedAgain:
                house.Bastion.Weight = "15";
                break;
        }
    }

    private static async Task<bool> CheckAsync(
        OpsHouse house,
        Dictionary<long, RunState> seen,
        bool wasFrozen,
        Move move
    )
    {
        var none = CancellationToken.None;
        var runs = await house.Get<RunStore>().ListAsync(openOnly: false, 1000, none);
        foreach (var run in runs)
        {
            if (seen.TryGetValue(run.Id, out var before) && before != run.State)
            {
                Assert.True(Reaches(before, run.State), $"{move}: {run.Name} went from {before} to {run.State}");
            }

            seen[run.Id] = run.State;
            CheckRun(run);
        }

        await CheckKeysAsync(house, runs);
        CheckEffects(house, runs);
        var episodes = await house.Get<EpisodeStore>().OpenAsync(none);
        Assert.Equal(episodes.Count, episodes.Select(e => e.Hook).Distinct().Count());
        Assert.True(runs.Count(r => r.RequestedBy == Actor.Bot && r.Open) <= 1, $"{move}: two open drafts by the bot");
        var notices = await house.Get<NoticeBoard>().ListAsync(0, 1000, none);
        Assert.Equal(notices.Count, notices.Select(n => n.Key).Distinct().Count());

        // Nothing here lifts a freeze, and a red light is never without one.
        var frozen = await house.Get<FreezeStore>().GetAsync(none) is not null;
        Assert.True(frozen || !wasFrozen, $"{move}: the freeze went away by itself");
        Assert.True(frozen || episodes.Count == 0, $"{move}: an episode without a freeze");
        return frozen;
    }

    private static bool Reaches(RunState from, RunState to) =>
        Next.TryGetValue(from, out var next)
        && (
            next.Contains(to)
            || next.Any(n => n != from && Next.TryGetValue(n, out var further) && further.Contains(to))
        );

    private static void CheckRun(Run run)
    {
        var started = run.Steps.Any(s => s.Attempt > 0);
        if (started && run.State != RunState.Superseded)
        {
            Assert.NotNull(run.ConfirmedAt);
        }

        if (run.ConfirmedAt is not null)
        {
            var needed = run.RequestedBy == Actor.Bot ? 1 : Approvals.PersonsNeeded(run.Plan.Risk, false, false);
            Assert.True(
                Approvals.Suffices([.. run.Confirmations], needed),
                $"{run.Name} was confirmed by {run.Confirmations.Count}"
            );
        }

        Assert.All(run.Confirmations, c => Assert.NotEqual("olga", c.Person));
        Assert.Equal(run.State == RunState.Paused, run.Pause is not null);
        Assert.Equal(run.Ended, run.FinishedAt is not null);
        if (run.State == RunState.Succeeded)
        {
            Assert.All(
                run.Steps,
                s => Assert.Contains(s.State, new[] { StepState.Done, StepState.NothingToDo, StepState.Skipped })
            );
        }
    }

    // One run per key, from the first effect to the last.
    private static async Task CheckKeysAsync(OpsHouse house, IReadOnlyList<Run> runs)
    {
        var held = await house
            .Get<BotDatabase>()
            .QueryAsync<long>("select distinct run_id from glancy.lock_key", null, CancellationToken.None);
        Assert.True(held.Count <= 1);
        foreach (var id in held)
        {
            var holder = runs.Single(r => r.Id == id);
            Assert.True(
                holder.State is RunState.Running or RunState.Paused && holder.EffectsEndedAt is null,
                $"{holder.Name} holds a key in {holder.State}"
            );
        }

        Assert.All(runs.Where(r => r.State == RunState.Running), r => Assert.Contains(r.Id, held));
    }

    // Every effect on the far side is one attempt of one confirmed run, and every attempt is at most one effect.
    private static void CheckEffects(OpsHouse house, IReadOnlyList<Run> runs)
    {
        foreach (var key in house.Bastion.Keys)
        {
            var parts = key.Split('/');
            var run = runs.Single(r => r.Name == parts[0]);
            Assert.NotNull(run.ConfirmedAt);
            Assert.InRange(
                int.Parse(parts[2].Split('.')[0], System.Globalization.CultureInfo.InvariantCulture),
                1,
                run.Steps.Single(s => s.Id == parts[1]).Attempt
            );
        }

        Assert.Equal(house.Bastion.Keys.Count, house.Bastion.Effects.Count);
    }
}
