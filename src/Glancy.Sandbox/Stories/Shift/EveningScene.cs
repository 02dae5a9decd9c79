using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Stories.Venues;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>19:00: one card with everything, and the role moves when the incoming Primary says so (C5).</summary>
internal static class EveningScene
{
    public static async Task PlayAsync(Stage stage, DateTimeOffset evening, string incident, CancellationToken cancellationToken)
    {
        var told = stage.Transcript;
        told.Scene("19:00: the night comes");
        await stage.UntilAsync(evening.AddMinutes(-1), Crew.Leap, cancellationToken);
        told.Happens("kill -9 of replica a, just before 19:00");
        await stage.World.KillReplicaAsync("a");
        await stage.UntilAsync(evening.AddSeconds(30), Crew.Leap, cancellationToken);
        await stage.World.StartReplicaAsync("a", cancellationToken);
        var card = await stage.SeesAsync(Crew.HandoverAt(evening), m => m is [{ } one] && one.Text.Contains(stage.Mention(Crew.Chen), StringComparison.Ordinal), "one card asks chen", cancellationToken);
        var said = Posts.Said(card);
        foreach (var wanted in (string[])["REL-B3", "HK-01", incident, "glancy.exports.enabled", "glancy.lookup.force_basic", "F-1", "F-2", "exports on again after 23:00"])
        {
            told.Claim(said.Contains(wanted, StringComparison.Ordinal), $"it names {wanted}", said);
        }

        await stage.HoldsAsync("primary", Crew.Lin, cancellationToken);
        await stage.MayNotAsync(Crew.Lin, "lin cannot take it", cancellationToken, "handover", "accept");
        await stage.DoesAsync(Crew.Chen, "chen takes it", cancellationToken, "handover", "accept");
        await stage.HoldsAsync("primary", Crew.Chen, cancellationToken);
        await stage.MayNotAsync(Crew.Chen, "it is not clean: the transport has no rule for going back", cancellationToken, "handover", "clean");

        foreach (var lease in (string[])["L-4", "L-3", "L-2"])
        {
            await BackAsync(stage, lease, cancellationToken);
        }

        await stage.DoesAsync(Crew.Chen, "now it is clean", cancellationToken, "handover", "clean");
    }

    // What was switched last goes back first; one stays for the night.
    private static async Task BackAsync(Stage stage, string lease, CancellationToken cancellationToken)
    {
        await stage.DoesAsync(Crew.Chen, $"chen drafts the way back of {lease}", cancellationToken, "lease", "revert", lease, "--reason", "the model answers again");
        var draft = (await stage.DataAsync(Crew.Chen, cancellationToken, "run", "list")).List("runs").With("requestedBy", Crew.Chen.Id);
        var run = draft.Text("run");
        var confirmer = draft.Text("state") == "awaitingSecond" ? Crew.Mei : Crew.Chen;
        await stage.DoesAsync(confirmer, $"{confirmer.Id} confirms it", cancellationToken, "run", "confirm", run, draft.Text("code"), "--no-wait");
        var ended = await stage.RunAsync(Crew.Chen, run, s => s is "succeeded" or "failed" or "paused", cancellationToken);
        stage.Transcript.Need(ended.Text("state") == "succeeded", $"{lease} is back", ended.Text("outcome", "words"));
    }
}
