namespace Glancy.Sandbox.Stories;

/// <summary>
/// Those who may not, and words that do not fit: each is refused, and nothing happens (rules 3 and 5).
/// </summary>
internal static class RefusedScene
{
    private const int Refused = 1;

    public static async Task PlayAsync(Stage stage, WayBack way, string run, CancellationToken cancellationToken)
    {
        var effects = stage.World.Effects.All.Count;
        var (told, cast) = (stage.Transcript, stage.Cast);
        told.Scene("Those who may not");
        await CannotAsync(cast.Outsider);
        await CannotAsync(cast.Sleeper);
        var why = await stage.DataAsync(
            cast.First,
            cancellationToken,
            "policy",
            "can",
            cast.Outsider.Id,
            way.Procedure,
            "batch=" + way.Batch
        );
        told.Claim(
            why.Text("yes") == "false" && why.Text("why", "refused") == "not-on-roster",
            "because olga is not on the roster now",
            why.Text("why")
        );
        var can = await stage.SayAsync(
            cast.Second,
            cancellationToken,
            "policy",
            "can",
            cast.Second.Id,
            way.Procedure,
            "batch=" + way.Batch
        );
        told.Claim(can.Exit == 0, $"{cast.Second.Id} may confirm it", can.Exit);

        var code = (await stage.DataAsync(cast.First, cancellationToken, "run", "show", run)).Text("code");
        await RefusedAsync(cast.Outsider, code, "olga is refused: she is not on the roster");
        await RefusedAsync(cast.Sleeper, code, "zhao is refused: it is not the night shift");
        await RefusedAsync(
            cast.Second,
            code == "000000" ? "000001" : "000000",
            $"{cast.Second.Id} is refused: the code is not of this plan"
        );

        var after = await stage.DataAsync(cast.First, cancellationToken, "run", "show", run);
        told.Claim(
            after.Text("state") == "draft" && after.List("confirmations").Count == 0,
            "the draft waits as before",
            after.Text("state")
        );
        told.Claim(
            stage.World.Effects.All.Count == effects && stage.World.Look(m => m.Train.Weight) == way.Weight,
            "nothing has been done to production",
            stage.World.Effects.All.Count
        );

        async Task CannotAsync(Player person)
        {
            var answer = await stage.SayAsync(
                cast.First,
                cancellationToken,
                "policy",
                "can",
                person.Id,
                way.Procedure,
                "batch=" + way.Batch
            );
            told.Claim(
                answer.Exit == Refused && answer.Words.Contains("§1.1", StringComparison.Ordinal),
                $"{person.Id} may not, and is told by which rule",
                answer.Exit
            );
        }

        async Task RefusedAsync(Player person, string typed, string claim)
        {
            var answer = await stage.SayAsync(person, cancellationToken, "run", "confirm", run, typed);
            told.Claim(answer.Exit == Refused, claim, answer.Exit);
        }
    }
}
