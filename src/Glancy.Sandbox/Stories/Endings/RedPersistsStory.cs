using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories.Endings;

/// <summary>
/// One rung down does not cure it: after three more red windows the same card offers the full way (rule 8).
/// </summary>
internal sealed class RedPersistsStory : IStory
{
    private static readonly WayBack Further = WayBack.FullFrom("REL-B2", 5, Faults.BadRelease);

    public string Name => "rollback";

    public string? Variant => "red-persists";

    public string About => "One rung down does not help, and the full way follows.";

    public Beginning Beginning => Beginning.Overload;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        var run = await RedScene.PlayAsync(stage, WayBack.OneRung, cancellationToken);
        told.Happens("it is not the load: the release itself is bad");
        stage.World.FaultOn(Faults.BadRelease);
        var data = await Ending.ConfirmAsync(stage, cast.Second, run, cancellationToken);
        told.Need(
            data.Text("state") == "verifying",
            $"{run} has had its effects, and is watched",
            $"{data.Text("state")} {data.Text("pause")}"
        );
        var ended = data.Time("effectsEndedAt");

        told.Scene("Still red, three windows later");
        var full = default(System.Text.Json.JsonElement);
        for (var minutes = 0; minutes < 25 && !full.Has("run"); minutes++)
        {
            await stage.PassAsync(TimeSpan.FromMinutes(1), cancellationToken);
            full = (await stage.DataAsync(cast.First, cancellationToken, "run", "list"))
                .List("runs")
                .With("procedure", Further.Procedure);
        }

        told.Need(full.Text("state") == "draft", "the bot offers the full way", full.Text("state"));
        told.Claim(
            full.Time("createdAt") - ended >= TimeSpan.FromMinutes(15),
            "not before three windows have been red",
            full.Text("createdAt")
        );
        var next = full.Text("run");
        var cards = (await stage.DataAsync(cast.First, cancellationToken, "notices", "--limit", "100"))
            .List("notices")
            .Where(n => n.Text("kind") == "card")
            .ToLookup(n => n.Text("template") == "card-patrol");
        told.Claim(
            cards[false].Count() == 1 && cards[false].Single().Text("runId") == next[2..],
            "on the same card",
            cards[false].Count()
        );
        told.Claim(
            cards[true].Count() == 1,
            "the patrol after the way back has a card of its own",
            cards[true].Count()
        );
        await stage.SayAsync(cast.First, cancellationToken, "run", "show", next);

        data = await ConfirmScene.PlayAsync(stage, Further, next, null, cancellationToken);
        told.Claim(
            data.List("confirmations").Count == 1,
            "one person was enough, as the light is red",
            data.List("confirmations").Count
        );
        data = await stage.DataAsync(cast.First, cancellationToken, "run", "show", run);
        told.Claim(data.Text("state") == "superseded", $"{run} has given way to it", data.Text("state"));
        await RecoveryScene.PlayAsync(stage, Further, next, cancellationToken);
        var leases = (await stage.DataAsync(cast.First, cancellationToken, "lease", "list")).List("leases");
        told.Claim(
            leases.Count(l => l.Text("target") == "release/prod") == 2,
            "both moves of the traffic are leases, one above the other",
            leases.Count
        );
        await Ending.WholeAsync(stage, cancellationToken);
    }
}
