using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>Before the day ends: switches that stay on, and what the night has to know.</summary>
internal static class LeftScene
{
    public static async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, slack) = (stage.Transcript, stage.World.Slack.Workspace);
        told.Scene("What the day leaves to the night");
        await stage.DoesAsync(
            Crew.Lin,
            "lin drafts the kill switch",
            cancellationToken,
            "kill-switch",
            "on",
            "--reason",
            "the model answers slowly"
        );
        var draft = (await stage.DataAsync(Crew.Lin, cancellationToken, "run", "list"))
            .List("runs")
            .With("requestedBy", Crew.Lin.Id);
        await stage.DoesAsync(
            Crew.Wu,
            "wu confirms it",
            cancellationToken,
            "run",
            "confirm",
            draft.Text("run"),
            draft.Text("code"),
            "--no-wait"
        );
        var run = await stage.RunAsync(
            Crew.Lin,
            draft.Text("run"),
            s => s is not ("awaitingSecond" or "confirmed" or "running"),
            cancellationToken
        );
        told.Need(run.Text("state") is "verifying" or "succeeded", "the three switches are turned", run.Text("state"));
        var leases = (await stage.DataAsync(Crew.Lin, cancellationToken, "lease", "list"))
            .List("leases")
            .Select(l => l.Text("target"))
            .ToList();
        told.Claim(
            leases.Count == 3 && leases.Contains("flag/glancy.exports.enabled"),
            "each is a lease of ours",
            string.Join(", ", leases)
        );

        await stage.DoesAsync(
            Crew.Lin,
            "lin drafts what the SOP for lost segments says",
            cancellationToken,
            "sop",
            "draft",
            "streaming-polling",
            "--reason",
            "the gateway is being moved"
        );
        var polling = (await stage.DataAsync(Crew.Lin, cancellationToken, "run", "list"))
            .List("runs")
            .First(r => r.Text("procedure") == "streaming-polling");
        await stage.DoesAsync(
            Crew.Lin,
            "one person is enough for it",
            cancellationToken,
            "run",
            "confirm",
            polling.Text("run"),
            polling.Text("code"),
            "--no-wait"
        );
        var switched = await stage.RunAsync(
            Crew.Lin,
            polling.Text("run"),
            s => s is not ("draft" or "confirmed" or "running"),
            cancellationToken
        );
        told.Need(
            switched.Text("state") is "verifying" or "succeeded",
            "segments come by polling",
            switched.Text("state")
        );

        await stage.DoesAsync(
            Crew.Lin,
            "lin notes what is to be done",
            cancellationToken,
            "handover",
            "add",
            "exports on again after 23:00"
        );
        var said =
            await slack.SayAsync(
                stage.MemberOf(Crew.Wu),
                Team.OpsChannel,
                "the drill's screenshots are still missing",
                null,
                cancellationToken
            ) ?? throw new StoryCutException("wu could not say anything");
        slack.React(stage.MemberOf(Crew.Wu), said.Channel, said.Ts, "pushpin");
        told.Happens("wu marks a message of the channel with :pushpin:");
        await stage.SeesAsync(
            "follow-up:2",
            m => m.Count == 1 && m[0].Text.Contains("F-2", StringComparison.Ordinal),
            "both are follow-ups now",
            cancellationToken
        );
    }
}
