using System.Text.Json;

namespace Glancy.Sandbox.Stories;

/// <summary>A person confirms, and the run goes through its effects; a replica may die on the way (rule 2).</summary>
internal static class ConfirmScene
{
    private static readonly TimeSpan Promised = TimeSpan.FromMinutes(15);

    /// <returns>The run as it stands then.</returns>
    public static async Task<JsonElement> PlayAsync(
        Stage stage,
        WayBack way,
        string run,
        string? killAt,
        CancellationToken cancellationToken
    )
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        told.Scene($"{cast.Second.Id} confirms");
        var code = (await stage.DataAsync(cast.Second, cancellationToken, "run", "show", run)).Text("code");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var death = killAt is null ? Task.FromResult<string?>(null) : DieAsync(stage, killAt, over.Token);
        var answer = await stage.SayAsync(cast.Second, cancellationToken, "run", "confirm", run, code, "--no-wait");
        var data = default(JsonElement);
        await Stage.BecomesAsync(
            async () =>
                (data = await stage.DataAsync(cast.First, cancellationToken, "run", "show", run)).Text("state")
                    is not ("confirmed" or "running"),
            cancellationToken
        );
        await over.CancelAsync();
        if (killAt is not null)
        {
            var dead = await death;
            told.Claim(dead is not null, $"a replica was killed at {killAt}");
            told.Claim(stage.World.Replicas.Count(r => r.IsAlive) == 1, "the other one lives");
        }
        else
        {
            told.Claim(answer.Exit == 0, "the terminal followed the run through its effects", answer.Exit);
        }

        told.Need(
            data.Text("state") is "verifying" or "succeeded",
            $"{run} has had its effects",
            $"{data.Text("state")} {data.Text("pause")} {data.Text("outcome", "words")}"
        );
        told.Claim(
            data.List("confirmations").Any(c => c.Text("person") == cast.Second.Id),
            $"{cast.Second.Id} confirmed it"
        );
        await RowAsync(stage, way, run, data, cancellationToken);
        await AnnouncedAsync(stage, way, run, data, cancellationToken);
        return data;
    }

    private static async Task RowAsync(
        Stage stage,
        WayBack way,
        string run,
        JsonElement data,
        CancellationToken cancellationToken
    )
    {
        var rows = await stage.Records.BatchesAsync(run, cancellationToken);
        stage.Transcript.Claim(
            rows.Count == 1
                && rows[0].Batch == way.Batch
                && rows[0].Drafted == data.Time("createdAt")
                && rows[0].Confirmed == data.Time("confirmedAt"),
            "release_batches has one row of it, with the times of draft and confirmation",
            string.Join("; ", rows)
        );
        stage.Transcript.Claim(
            rows.Count == 1 && rows[0].Hooks.Contains("HK-01", StringComparison.Ordinal),
            "and with the lights",
            rows.Count == 1 ? rows[0].Hooks : null
        );
    }

    private static async Task AnnouncedAsync(
        Stage stage,
        WayBack way,
        string run,
        JsonElement data,
        CancellationToken cancellationToken
    )
    {
        var notices = (await stage.DataAsync(stage.Cast.First, cancellationToken, "notices", "--limit", "100")).List(
            "notices"
        );
        var first = notices
            .Where(n => n.Text("template") == way.Announcements.First && n.Text("runId") == run[2..])
            .ToList();
        stage.Transcript.Claim(
            first.Count == 1 && first[0].Time("at") - data.Time("confirmedAt") <= Promised,
            "the first announcement went out, once, within 15 minutes of the confirmation",
            $"{first.Count} announcement(s)"
        );
    }

    // Whichever replica does the work dies there; the order is for one of them.
    private static async Task<string?> DieAsync(Stage stage, string killAt, CancellationToken over)
    {
        await File.WriteAllTextAsync(stage.KillFile, killAt, over);
        try
        {
            while (true)
            {
                if (stage.World.Replicas.FirstOrDefault(r => !r.IsAlive) is { } dead)
                {
                    stage.Transcript.Happens($"kill -9 of replica {dead.Place.Id} at {killAt}; the other goes on");
                    return dead.Place.Id;
                }

                await Task.Delay(20, over);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            File.Delete(stage.KillFile);
        }
    }
}
