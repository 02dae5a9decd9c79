using System.Text.Json;

namespace Glancy.Sandbox.Stories;

/// <summary>
/// The way back to normal: the thaw when the hooks have been steady (rule 6), the switch, and last the traffic (rule
/// 7).
/// </summary>
internal static class BackScene
{
    private const int Refused = 1;
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);

    public static async Task PlayAsync(Stage stage, WayBack way, string run, CancellationToken cancellationToken)
    {
        await ThawAsync(stage, run, cancellationToken);
        await SwitchAsync(stage, way, cancellationToken);
        await TrafficAsync(stage, way, cancellationToken);
        await AsBeforeAsync(stage, way, cancellationToken);
    }

    /// <summary>Half an hour of good hooks, and a person lifts the freeze.</summary>
    internal static async Task ThawAsync(Stage stage, string run, CancellationToken cancellationToken)
    {
        var (told, who) = (stage.Transcript, stage.Cast.Second);
        told.Scene("The thaw");
        string[] thaw = ["release", "thaw", "--reason", "the review is done"];
        var early = await stage.SayAsync(who, cancellationToken, thaw);
        told.Claim(
            early.Exit == Refused && early.Words.Contains("§4.4", StringComparison.Ordinal),
            "the thaw is refused: the hooks have not been steady for half an hour",
            early.Exit
        );
        var ended = (await stage.DataAsync(who, cancellationToken, "run", "show", run)).Time("effectsEndedAt");
        for (var passed = TimeSpan.Zero; passed < Longest && stage.World.Clock.Now < ended + Steady; passed += Stride)
        {
            await stage.PassAsync(Stride, cancellationToken);
        }

        // A window that was not good yet began the half hour anew.
        var asked = await stage.SayAsync(who, cancellationToken, thaw);
        for (var passed = TimeSpan.Zero; passed < Longest && asked.Exit == Refused; passed += Stride)
        {
            await stage.PassAsync(Stride, cancellationToken);
            asked = await stage.SayAsync(who, cancellationToken, thaw);
        }

        told.Need(asked.Exit == 0, "after half an hour of good hooks it is drafted", asked.Exit);
        await ConfirmedAsync(stage, who, "thaw", "the train is thawed by one person", cancellationToken);
        var status = await stage.DataAsync(who, cancellationToken, "status");
        told.Claim(!status.Has("freeze"), "and no freeze stands any more", status.At("freeze").Text());
    }

    /// <summary>The switch that was turned with the rollback goes back.</summary>
    internal static async Task SwitchAsync(Stage stage, WayBack way, CancellationToken cancellationToken)
    {
        var (told, who) = (stage.Transcript, stage.Cast.First);
        told.Scene("The switch goes back");
        await stage.SayAsync(who, cancellationToken, "lease", "list");
        var leases = (await stage.DataAsync(who, cancellationToken, "lease", "list")).List("leases");
        var flag = leases.With("target", "flag/" + way.Switch);
        told.Need(
            flag.Text("prior") == way.SwitchBefore && flag.Text("value") == way.SwitchAfter,
            $"{way.Switch} is a lease of ours, from {way.SwitchBefore} to {way.SwitchAfter}",
            flag.Text()
        );
        told.Claim(
            flag.Number("persons") == 1,
            "its hooks have recovered, so one person may take it back",
            flag.Text("undo")
        );
        told.Claim(
            leases.Count == 2 && leases.Any(l => l.Text("target") == "release/prod"),
            "the traffic is the other lease, and there is no third",
            leases.Count
        );
        var asked = await stage.SayAsync(
            who,
            cancellationToken,
            "lease",
            "revert",
            flag.Text("lease"),
            "--reason",
            "the hooks have recovered"
        );
        told.Need(asked.Exit == 0, "the revert is drafted", asked.Exit);
        await ConfirmedAsync(
            stage,
            who,
            "revert-switch",
            $"{way.Switch} is {way.SwitchBefore} again, and the hooks are green without it",
            cancellationToken
        );
        told.Claim(
            stage.World.Look(m => m.Flags[way.Switch]) == way.SwitchBefore,
            "in production as well",
            stage.World.Look(m => m.Flags[way.Switch])
        );
        var left = (await stage.DataAsync(who, cancellationToken, "lease", "list")).List("leases");
        told.Claim(left.Count == 1, "one lease is left", left.Count);
    }

    private static async Task TrafficAsync(Stage stage, WayBack way, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        told.Scene("The traffic goes back");
        if (way.Fault is { } fault)
        {
            told.Happens($"the developers repair it: {fault} is over");
            stage.World.FaultOff(fault);
        }

        var lease = (await stage.DataAsync(cast.First, cancellationToken, "lease", "list"))
            .List("leases")
            .With("target", "release/prod");
        var asked = await stage.SayAsync(
            cast.First,
            cancellationToken,
            "lease",
            "revert",
            lease.Text("lease"),
            "--reason",
            "the new version is repaired"
        );
        told.Need(asked.Exit == 0, "putting the traffic back is drafted", asked.Exit);
        var alone = (await stage.DataAsync(cast.First, cancellationToken, "run", "list"))
            .List("runs")
            .With("procedure", "revert-release");
        told.Claim(
            alone.Text("state") == "awaitingSecond",
            "that adds risk, and waits for a second person",
            alone.Text("state")
        );
        var run = await ConfirmedAsync(
            stage,
            cast.Second,
            "revert-release",
            $"{way.Batch} has {way.Weight} % again, and the hooks stay green",
            cancellationToken
        );
        var proven =
            (await stage.DataAsync(cast.First, cancellationToken, "run", "show", run)).Time("effectsEndedAt")
            + RecoveryScene.Window;
        var posts = (await stage.DataAsync(cast.First, cancellationToken, "notices", "--limit", "100"))
            .List("notices")
            .Where(n => n.Text("template") == "release-restored")
            .ToList();
        told.Claim(posts.Count == 1 && posts[0].Time("at") >= proven, "that is said in public only then", posts.Count);
        var rows = await stage.Records.BatchesAsync(run, cancellationToken);
        told.Claim(
            rows.Count == 1
                && rows[0] is { Kind: "promote", State: "done" } row
                && row.Batch == way.Batch
                && row.Weight == (decimal)way.Weight,
            "and release_batches has a row that says so",
            string.Join("; ", rows)
        );
    }

    private static async Task AsBeforeAsync(Stage stage, WayBack way, CancellationToken cancellationToken)
    {
        var (told, who) = (stage.Transcript, stage.Cast.First);
        told.Scene("As before");
        var status = await stage.SayAsync(who, cancellationToken, "status");
        told.Claim(status.Exit == 0, "the page for somebody who has just woken up is calm", status.Exit);
        var data = await stage.DataAsync(who, cancellationToken, "status");
        told.Claim(
            data.List("leases").Count == 0
                && data.List("runs").Count == 0
                && data.List("episodes").Count == 0
                && !data.Has("freeze"),
            "no lease, no run, no episode, no freeze is left"
        );
        told.Claim(
            stage.World.Look(m => (m.Train.Batch, m.Train.Weight)) == (way.Batch, way.Weight),
            $"production has {way.Batch} at {way.Weight} %, as in the beginning",
            stage.World.Look(m => m.Train.Describe())
        );
        told.Claim(stage.Switches() == stage.SwitchesBefore, "and every switch as in the beginning", stage.Switches());
        var chain = await stage.SayAsync(who, cancellationToken, "audit", "verify");
        told.Claim(chain.Exit == 0, "the chain is whole", chain.Exit);
        told.Claim(stage.World.Effects.All.All(e => e.State == "done"), "nothing is under way in production");
    }

    // The code is on the page, as a person reads it there; then the windows pass. Gives the run.
    private static async Task<string> ConfirmedAsync(
        Stage stage,
        Player who,
        string procedure,
        string claim,
        CancellationToken cancellationToken
    )
    {
        var open = (await stage.DataAsync(who, cancellationToken, "run", "list"))
            .List("runs")
            .With("procedure", procedure);
        var run = open.Text("run");
        await stage.SayAsync(who, cancellationToken, "run", "confirm", run, open.Text("code"), "--no-wait");
        var data = default(JsonElement);
        for (var passed = TimeSpan.Zero; passed < Longest; passed += Stride)
        {
            await Stage.BecomesAsync(
                async () =>
                    (data = await stage.DataAsync(who, cancellationToken, "run", "show", run)).Text("state")
                        is not ("confirmed" or "running"),
                cancellationToken
            );
            if (data.Text("state") != "verifying")
            {
                break;
            }

            await stage.PassAsync(Stride, cancellationToken);
        }

        stage.Transcript.Need(
            data.Text("state") == "succeeded",
            claim,
            $"{data.Text("state")} {data.Text("pause")} {data.Text("outcome", "words")}"
        );
        stage.Transcript.Claim(
            data.Time("finishedAt") - data.Time("effectsEndedAt") >= RecoveryScene.Window,
            "proven by a whole window that began after it",
            data.Text("finishedAt")
        );
        return run;
    }
}
