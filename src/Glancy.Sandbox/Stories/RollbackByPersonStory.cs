using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories;

/// <summary>No light is red, but a person wants the old version back: that takes two (rule 5).</summary>
internal sealed class RollbackByPersonStory : IStory
{
    private const int Refused = 1;
    private static readonly WayBack Way = WayBack.FullFrom("REL-B3", 15, fault: null);

    public string Name => "rollback-by-person";

    public string About => "No light is red; one person asks for the rollback, and another confirms it.";

    public Beginning Beginning => Beginning.GoodRelease;

    public string? KillAt(long seed) => (seed & 1) == 0 ? null : "after-effect:snapshot";

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        told.Scene($"{cast.First.Id} asks for a rollback");
        stage.Red = stage.Now;
        var lights = await stage.DataAsync(cast.First, cancellationToken, "hk");
        told.Need(
            lights.List("hooks").Count > 0 && lights.List("hooks").All(h => h.Text("light") == "green"),
            "every light is green",
            lights.Text("worst")
        );
        var nobody = await stage.DataAsync(cast.First, cancellationToken, "run", "list");
        told.Claim(nobody.List("runs").Count == 0, "the bot has drafted nothing");

        var asked = await stage.SayAsync(
            cast.First,
            cancellationToken,
            "rollback",
            "REL-B3",
            "--reason",
            "customers miss their history"
        );
        told.Need(asked.Exit == 0, "the rollback is drafted, and the plan shown", asked.Exit);
        var draft = (await stage.DataAsync(cast.First, cancellationToken, "run", "list"))
            .List("runs")
            .With("requestedBy", cast.First.Id);
        told.Need(draft.Text("state") == "awaitingSecond", "it waits for a second person", draft.Text("state"));
        var run = draft.Text("run");
        told.Claim(
            draft.List("confirmations") is [var first] && first.Text("person") == cast.First.Id,
            $"{cast.First.Id}, who asked, is the first"
        );

        var again = await stage.SayAsync(cast.First, cancellationToken, "run", "confirm", run, draft.Text("code"));
        told.Claim(again.Exit == Refused, $"{cast.First.Id} is refused as the second as well", again.Exit);
        var outsider = await stage.SayAsync(
            cast.Outsider,
            cancellationToken,
            "run",
            "confirm",
            run,
            draft.Text("code")
        );
        told.Claim(outsider.Exit == Refused, "olga is refused: she is not on the roster", outsider.Exit);
        told.Claim(stage.World.Effects.All.Count == 0, "nothing has been done to production");

        var confirmed = await ConfirmScene.PlayAsync(stage, Way, run, KillAt(stage.Seed), cancellationToken);
        told.Claim(
            confirmed.List("confirmations").Select(c => c.Text("person")).Distinct().Count() == 2,
            "two persons stand behind it",
            confirmed.Text("confirmations")
        );
        await RecoveryScene.PlayAsync(stage, Way, run, cancellationToken);
        await RecordsScene.PlayAsync(stage, Way, run, cast.Second.Id, cancellationToken);
        await BackScene.PlayAsync(stage, Way, run, cancellationToken);
    }
}
