using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Stories.Venues;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>19:00: one card with everything, and the role moves when the incoming Primary says so (C5).</summary>
internal static class EveningScene
{
    public static async Task PlayAsync(
        Stage stage,
        DateTimeOffset evening,
        string incident,
        CancellationToken cancellationToken
    )
    {
        var told = stage.Transcript;
        told.Scene("19:00: the night comes");
        await stage.UntilAsync(evening.AddMinutes(-1), Crew.Leap, cancellationToken);
        told.Happens("kill -9 of replica a, just before 19:00");
        await stage.World.KillReplicaAsync("a");
        await stage.UntilAsync(evening.AddSeconds(30), Crew.Leap, cancellationToken);
        await stage.World.StartReplicaAsync("a", cancellationToken);
        var card = await stage.SeesAsync(
            Crew.HandoverAt(evening),
            m => m is [{ } one] && one.Text.Contains(stage.Mention(Crew.Chen), StringComparison.Ordinal),
            "one card asks chen",
            cancellationToken
        );
        var said = Posts.Said(card);
        foreach (
            var wanted in (string[])
                [
                    "REL-B3",
                    "HK-01",
                    incident,
                    "glancy.exports.enabled",
                    "glancy.lookup.force_basic",
                    "F-1",
                    "F-2",
                    "exports on again after 23:00",
                ]
        )
        {
            told.Claim(said.Contains(wanted, StringComparison.Ordinal), $"it names {wanted}", said);
        }

        await stage.HoldsAsync("primary", Crew.Lin, cancellationToken);
        await stage.MayNotAsync(Crew.Lin, "lin cannot take it", cancellationToken, "handover", "accept");
        await stage.DoesAsync(Crew.Chen, "chen takes it", cancellationToken, "handover", "accept");
        await stage.HoldsAsync("primary", Crew.Chen, cancellationToken);
        var taken = await stage.SeesAsync(
            Crew.HandoverAt(evening),
            m => m is [{ } one] && Left(one, incident) && Left(one, "L-4") && Left(one, "F-1"),
            "the card says what is left over",
            cancellationToken
        );
        told.Claim(!SaysClean(taken.Text.Split('\n')[0]), "and does not say that it is clean", taken.Text);
        await stage.MayNotAsync(
            Crew.Chen,
            "it is not clean: the transport has no rule for going back, and a Sev-2 is open",
            cancellationToken,
            "handover",
            "clean"
        );

        foreach (var lease in (string[])["L-4", "L-3", "L-2"])
        {
            await stage.BackAsync(Crew.Chen, lease, cancellationToken);
        }

        await stage.MayNotAsync(
            Crew.Chen,
            "it is still not clean: the Sev-2 is",
            cancellationToken,
            "handover",
            "clean"
        );
    }

    private static bool Left(Message card, string name) => card.Text.Contains(name, StringComparison.Ordinal);

    private static bool SaysClean(string text) =>
        text.Contains("干净", StringComparison.Ordinal) || text.Contains("clean", StringComparison.OrdinalIgnoreCase);
}
