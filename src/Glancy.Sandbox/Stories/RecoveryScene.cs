using System.Text.Json;

namespace Glancy.Sandbox.Stories;

/// <summary>
/// What the rollback has done, as cause and effect; then the five-minute windows, until it is verified.
/// </summary>
internal static class RecoveryScene
{
    /// <summary>What the hooks look back over (§2.4).</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const string ForceBasic = Production.Flags.ForceBasic;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(1);

    public static async Task PlayAsync(Stage stage, WayBack way, string run, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        told.Scene("Cause and effect");
        var release = await stage.DataAsync(cast.Second, cancellationToken, "release", "status");
        told.Claim(
            release.Number("status", "weight") == way.To.Weight,
            $"the new colour's weight is {way.To.Weight}",
            release.Text("status")
        );
        told.Claim(
            stage.World.Look(m => (m.Train.Batch, m.Train.Weight, m.Train.State)) == way.To,
            "in production as well",
            stage.World.Look(m => m.Train.Describe())
        );
        told.Claim(stage.World.Look(m => m.Flags[way.Switch]) == way.SwitchAfter, $"{way.Switch} is {way.SwitchAfter}");
        if (way.Switch == ForceBasic)
        {
            await LookUpAsync(stage, cancellationToken);
        }

        told.Scene("Five-minute windows pass");
        // Somebody who changes nothing may read along, and sees it through.
        var following = stage.SayBesideAsync(cast.Outsider, cancellationToken, "run", "show", run, "--follow");
        for (var passed = TimeSpan.Zero; passed < Longest && !following.IsCompleted; passed += Stride)
        {
            await stage.PassAsync(Stride, cancellationToken);
        }

        var data = await stage.DataAsync(cast.First, cancellationToken, "run", "show", run);
        told.Need(data.Text("state") == "succeeded", $"{run} is verified", data.Text("state"));
        stage.Verified = stage.Now;
        var followed = await following;
        told.Claim(followed.Exit == 0, "who followed it saw its end", followed.Exit);
        await VerifiedAsync(stage, way, run, data, cancellationToken);
    }

    private static async Task VerifiedAsync(
        Stage stage,
        WayBack way,
        string run,
        JsonElement data,
        CancellationToken cancellationToken
    )
    {
        var (told, who) = (stage.Transcript, stage.Cast.First);
        told.Claim(
            data.List("steps").Count > 0 && data.List("steps").All(s => s.Text("state") is "done" or "nothingToDo"),
            "every step is done, or had nothing to do"
        );
        told.Claim(
            data.List("steps").All(s => s.Number("attempt") is null or 0 or 1),
            "no step was tried twice by itself"
        );
        var notices = (await stage.DataAsync(who, cancellationToken, "notices", "--limit", "100")).List("notices");
        var second = notices
            .Where(n => n.Text("template") == way.Announcements.Verified && n.Text("runId") == run[2..])
            .ToList();
        told.Claim(
            second.Count == 1 && second[0].Time("at") >= data.Time("effectsEndedAt") + Window,
            "the second announcement followed the verification by a whole window after the effects, once",
            second.Count
        );

        await stage.SayAsync(who, cancellationToken, "hk");
        var hooks = (await stage.DataAsync(who, cancellationToken, "hk")).List("hooks");
        foreach (var cured in (string[])["HK-01", "HK-02"])
        {
            told.Claim(
                hooks.With("id", cured).Text("light") == "green",
                $"{cured} is green",
                hooks.With("id", cured).Text("light")
            );
        }

        if (way.Switch == ForceBasic)
        {
            var sixth = hooks.With("id", "HK-06");
            told.Claim(
                sixth.Text("light") == "red"
                    && sixth.Text("explainedBy").Contains(ForceBasic, StringComparison.Ordinal),
                "HK-06 is red by our own switch, and says so",
                sixth.Text("explainedBy")
            );
            told.Claim(
                notices.All(n => n.Text("arguments", "hook") != "HK-06"),
                "nothing was frozen or drafted for it"
            );
        }

        // It is counted over a minute, and the traffic may have moved less than that ago.
        await stage.PassAsync(Stride, cancellationToken);
        var share = await RedScene.Share(stage, "green", cancellationToken);
        told.Claim(
            RedScene.Near(share, way.To.Weight),
            $"the new colour takes {way.To.Weight} % of the traffic, as Prometheus counts it",
            share
        );
    }

    private static async Task LookUpAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Transcript.Happens("a customer looks up \"harvest\": GET /api/v1/lookup?word=harvest");
        using var client = new HttpClient { BaseAddress = stage.World.Control };
        var answer = await client.GetFromJsonAsync<JsonElement>(
            new Uri("/api/v1/lookup?word=harvest", UriKind.Relative),
            cancellationToken
        );
        stage.Transcript.Answered(answer.GetRawText());
        stage.Transcript.Claim(
            answer.Text("degraded") == "true" && answer.Text("basic", "definition").Length > 0,
            "the answer is degraded, and has the basic definition"
        );
        stage.Transcript.Claim(
            answer.List("examples") is [var example, ..] && example.Text("source") == "template",
            "and an example from the template",
            answer.Text("examples")
        );
    }
}
