using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories.Endings;

/// <summary>
/// Prometheus is away: the bot drafts nothing, a person's rollback takes two, and waits unverified (rule 9).
/// </summary>
internal sealed class PrometheusDownStory : IStory
{
    private static readonly WayBack Way = WayBack.FullFrom("REL-B3", 15, Faults.BadRelease);

    public string Name => "rollback";

    public string? Variant => "prometheus-down";

    public string About => "Prometheus is away, and a person asks for the rollback.";

    public Beginning Beginning => Beginning.GoodRelease;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        told.Scene("Prometheus is away");
        await stage.World.Prometheus.StopAsync();
        stage.World.FaultOn(Faults.BadRelease);
        told.Happens("the new version fails, and nobody can measure it");
        await stage.PassAsync(TimeSpan.FromMinutes(10), cancellationToken);
        await stage.SayAsync(cast.First, cancellationToken, "hk");
        var lights = (await stage.DataAsync(cast.First, cancellationToken, "hk")).List("hooks");
        told.Claim(
            lights.Count > 0 && lights.All(h => h.Text("light") == "unknown"),
            "every light is unknown, none is green",
            string.Join(", ", lights.Select(h => h.Text("light")).Distinct())
        );
        told.Claim(
            (await stage.DataAsync(cast.First, cancellationToken, "run", "list")).List("runs").Count == 0,
            "the bot has drafted nothing"
        );

        told.Scene("A person asks for the rollback");
        var asked = await stage.SayAsync(
            cast.First,
            cancellationToken,
            "rollback",
            Way.Batch,
            "--reason",
            "customers call"
        );
        told.Need(asked.Exit == 0, "the rollback is drafted all the same", asked.Exit);
        var draft = (await stage.DataAsync(cast.First, cancellationToken, "run", "list"))
            .List("runs")
            .With("procedure", Way.Procedure);
        told.Claim(draft.Text("state") == "awaitingSecond", "it takes two persons", draft.Text("state"));
        var run = draft.Text("run");
        var data = await Ending.ConfirmAsync(stage, cast.Second, run, cancellationToken);
        told.Claim(
            stage.World.Look(m => m.Train.Weight) == 0,
            "the traffic is back on the old version",
            stage.World.Look(m => m.Train.Weight)
        );
        for (var minutes = 0; minutes < 25 && data.Text("state") == "verifying"; minutes++)
        {
            await stage.PassAsync(TimeSpan.FromMinutes(1), cancellationToken);
            data = await Ending.StandsAsync(stage, run, cancellationToken);
        }

        await Ending.PausedAsync(stage, data, "unverified", cancellationToken);
        var announced = await Ending.NoticesAsync(stage, Way.Announcements.First, run, cancellationToken);
        told.Claim(announced.Count == 1, "the first announcement went out all the same", announced.Count);

        told.Scene("Prometheus is back");
        await stage.World.Prometheus.ResumeAsync(cancellationToken);
        await stage.PassAsync(TimeSpan.FromMinutes(6), cancellationToken);
        await stage.SayAsync(cast.First, cancellationToken, "run", "retry", run, "--no-wait");
        data = await Ending.VerifiedAsync(stage, run, cancellationToken);
        told.Need(
            data.Text("state") == "succeeded",
            "looked at again, it is verified",
            $"{data.Text("state")} {data.Text("pause")} {data.Text("outcome", "words")}"
        );
        await Ending.WholeAsync(stage, cancellationToken);
    }
}
