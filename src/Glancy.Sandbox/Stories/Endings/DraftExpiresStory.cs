using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories.Endings;

/// <summary>
/// Nobody confirms within half an hour: the draft expires, somebody is called, and a new one stands on the same card
/// (rule 8).
/// </summary>
internal sealed class DraftExpiresStory : IStory
{
    public string Name => "rollback";

    public string? Variant => "draft-expires";

    public string About => "Nobody confirms the draft.";

    public Beginning Beginning => Beginning.BadRelease;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        var run = await RedScene.PlayAsync(stage, WayBack.Full, cancellationToken);
        var old = await stage.DataAsync(cast.Second, cancellationToken, "run", "show", run);
        told.Scene("Nobody confirms");
        for (
            var minutes = 0;
            minutes < 40
                && (await stage.DataAsync(cast.First, cancellationToken, "run", "show", run)).Text("state") == "draft";
            minutes += 2
        )
        {
            await stage.PassAsync(TimeSpan.FromMinutes(2), cancellationToken);
        }

        var data = await stage.DataAsync(cast.First, cancellationToken, "run", "show", run);
        told.Need(data.Text("state") == "expired", $"{run} has expired", data.Text("state"));
        var pages = await Ending.NoticesAsync(stage, "page-expired", run, cancellationToken);
        told.Claim(
            pages.Count == 1 && pages[0].Time("at") - old.Time("createdAt") >= TimeSpan.FromMinutes(30),
            "after half an hour, and a person was called",
            pages.Count
        );

        told.Scene("It is drafted again");
        var fresh = default(System.Text.Json.JsonElement);
        await stage.PassAsync(TimeSpan.FromMinutes(1), cancellationToken);
        await Stage.BecomesAsync(
            async () =>
                (
                    fresh = (await stage.DataAsync(cast.First, cancellationToken, "run", "list"))
                        .List("runs")
                        .With("procedure", WayBack.Full.Procedure)
                ).Text("state") == "draft",
            cancellationToken
        );
        told.Need(
            fresh.Has("run") && fresh.Text("run") != run,
            "the light is still red, and a new draft stands",
            fresh.Text("run")
        );
        var cards = (await stage.DataAsync(cast.First, cancellationToken, "notices", "--limit", "100"))
            .List("notices")
            .Where(n => n.Text("kind") == "card")
            .ToList();
        told.Claim(
            cards.Count == 1 && cards[0].Text("runId") == fresh.Text("run")[2..],
            "on the same card, and there is no other",
            cards.Count
        );
        var late = await stage.SayAsync(
            cast.Second,
            cancellationToken,
            "run",
            "confirm",
            run,
            old.Text("code"),
            "--no-wait"
        );
        told.Claim(late.Exit == 1, "whoever confirms the old one now is refused", late.Exit);
        told.Claim(
            stage.World.Effects.All.Count == 0,
            "nothing has been done to production",
            stage.World.Effects.All.Count
        );

        data = await Ending.ConfirmAsync(stage, cast.Second, fresh.Text("run"), cancellationToken);
        told.Need(
            data.Text("state") is "verifying" or "succeeded",
            "the new one does it",
            $"{data.Text("state")} {data.Text("pause")}"
        );
        await Ending.WholeAsync(stage, cancellationToken);
    }
}
