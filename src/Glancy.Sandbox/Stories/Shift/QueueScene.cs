using Glancy.Sandbox.Stories.Venues;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>
/// Exports pile up: the patrol finds it, and its card stays one until a patrol finds all well again (C6).
/// </summary>
internal static class QueueScene
{
    private const string Fault = "export-backlog";
    private static readonly TimeSpan Longest = TimeSpan.FromHours(3);

    public static async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var told = stage.Transcript;
        told.Scene("Exports pile up");
        stage.World.FaultOn(Fault);
        told.Happens("three times as many exports are asked for as usual");
        told.Need(await PatrolsAsync(stage, "red", cancellationToken), "a patrol finds the queue red");
        var card = await stage.SeesAsync(
            "patrol:queues:",
            m => m is [{ } one] && Posts.Said(one).Contains("/glancy status", StringComparison.Ordinal),
            "its card says what to do next",
            cancellationToken
        );
        told.Answered(Posts.Said(card).ReplaceLineEndings(" / "));

        // As the card says, by hand: the bot has no hands in the cluster.
        stage.World.FaultOff(Fault);
        var typed = await stage.World.TypeAsync("lin", ["act", "scale", "export-worker", "48"], cancellationToken);
        told.Happens($"lin scales the workers by hand, as the card says: {typed.Text.Trim()}");
        told.Need(await PatrolsAsync(stage, "green", cancellationToken), "a later patrol finds it well");
        var after = await stage.SeesAsync(
            "patrol:queues:",
            m => m is [{ } one] && Posts.Said(one) != Posts.Said(card),
            "its card says so",
            cancellationToken
        );
        told.Claim(after.Ts == card.Ts, "it is the same card");
    }

    private static async Task<bool> PatrolsAsync(Stage stage, string result, CancellationToken cancellationToken)
    {
        for (var until = stage.World.Clock.Now + Longest; stage.World.Clock.Now < until; )
        {
            await stage.UntilAsync(stage.World.Clock.Now + Crew.Leap, Crew.Leap, cancellationToken);
            var newest = (await stage.DataAsync(Crew.Lin, cancellationToken, "patrol", "list"))
                .List("patrols")
                .With("patrol", "queues");
            if (newest.Text("result") == result)
            {
                return true;
            }
        }

        return false;
    }
}
