namespace Glancy.Sandbox.Stories.Shift;

/// <summary>The records agree with what was seen.</summary>
internal static class TrailScene
{
    public static async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var told = stage.Transcript;
        told.Scene("The records");
        foreach (
            var (action, actor) in ((string, string)[])
                [
                    ("roster-swap-accept", "wu"),
                    ("incident-ack", "mei"),
                    ("handover-accept", "chen"),
                    ("handover-accept", "wu"),
                    ("handover-escalate", "glancy"),
                    ("follow-up-add", "lin"),
                ]
        )
        {
            var actors = (
                await stage.DataAsync(
                    Crew.Mei,
                    cancellationToken,
                    "audit",
                    "search",
                    "--action",
                    action,
                    "--limit",
                    "50"
                )
            )
                .List("events")
                .Select(e => e.Text("actor"))
                .ToList();
            told.Claim(
                actors.Count(a => a == actor) == 1,
                $"{action} by {actor} is in the trail once",
                string.Join(", ", actors)
            );
        }

        await stage.DoesAsync(Crew.Mei, "the chain is whole", cancellationToken, "audit", "verify");
    }
}
