using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories.Endings;

/// <summary>
/// The traffic goes back to a version that nobody repaired: that is never called verified, and the bot drafts the way
/// back again (rule 9).
/// </summary>
internal sealed class StillBrokenStory : IStory
{
    public string Name => "rollback";

    public string? Variant => "still-broken";

    public string About => "The traffic goes back to a version that is broken still.";

    public Beginning Beginning => Beginning.BadRelease;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, cast, way) = (stage.Transcript, stage.Cast, WayBack.Full);
        var first = await RedScene.PlayAsync(stage, way, cancellationToken);
        await Ending.ConfirmAsync(stage, cast.Second, first, cancellationToken);
        told.Need(
            (await Ending.VerifiedAsync(stage, first, cancellationToken)).Text("state") == "succeeded",
            $"{first} is verified"
        );
        await BackScene.ThawAsync(stage, first, cancellationToken);
        await BackScene.SwitchAsync(stage, way, cancellationToken);

        told.Scene("The traffic goes back too early");
        var lease = (await stage.DataAsync(cast.First, cancellationToken, "lease", "list"))
            .List("leases")
            .With("target", "release/prod");
        await stage.SayAsync(
            cast.First,
            cancellationToken,
            "lease",
            "revert",
            lease.Text("lease"),
            "--reason",
            "said to be repaired"
        );
        var run = (await stage.DataAsync(cast.First, cancellationToken, "run", "list"))
            .List("runs")
            .With("procedure", "revert-release")
            .Text("run");
        var data = await Ending.ConfirmAsync(stage, cast.Second, run, cancellationToken);
        told.Need(
            data.Text("state") == "verifying",
            $"{run} has moved the traffic, and proves nothing yet",
            $"{data.Text("state")} {data.Text("outcome")}"
        );
        told.Claim(
            stage.World.Look(m => m.Train.Weight) == way.Weight,
            $"the broken version has {way.Weight} % again",
            stage.World.Look(m => m.Train.Weight)
        );
        var again = default(System.Text.Json.JsonElement);
        for (var minutes = 0; minutes < 10 && !again.Has("run"); minutes++)
        {
            await stage.PassAsync(TimeSpan.FromMinutes(1), cancellationToken);
            again = (await stage.DataAsync(cast.First, cancellationToken, "run", "list"))
                .List("runs")
                .With("procedure", way.Procedure);
        }

        data = await stage.DataAsync(cast.First, cancellationToken, "run", "show", run);
        told.Claim(
            data.Text("state") == "verifying",
            "the light is red before a whole window has passed, so it was never verified",
            data.Text("state")
        );
        told.Need(again.Text("state") == "draft", "and the bot drafts the way back again", again.Text("state"));

        told.Scene("Back once more");
        data = await Ending.ConfirmAsync(stage, cast.Second, again.Text("run"), cancellationToken);
        told.Need(
            data.Text("state") is "verifying" or "succeeded",
            "one click takes it",
            $"{data.Text("state")} {data.Text("outcome")}"
        );
        data = await stage.DataAsync(cast.First, cancellationToken, "run", "show", run);
        told.Claim(data.Text("state") == "superseded", $"{run} has given way to it", data.Text("state"));
        var posts = await Ending.NoticesAsync(stage, "release-restored", run, cancellationToken);
        told.Claim(posts.Count == 0, "nobody was told that the traffic is back and verified", posts.Count);
        told.Claim(
            stage.World.Look(m => m.Train.Weight) == 0,
            "the old version has all the traffic",
            stage.World.Look(m => m.Train.Weight)
        );
        await Ending.WholeAsync(stage, cancellationToken);
    }
}
