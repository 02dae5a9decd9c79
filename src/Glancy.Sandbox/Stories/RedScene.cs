using System.Globalization;

namespace Glancy.Sandbox.Stories;

/// <summary>
/// A light turns red: the train is frozen and a rollback drafted, with what changed in the hour before (rules 6 and 8).
/// </summary>
internal static class RedScene
{
    /// <returns>The draft's name.</returns>
    public static async Task<string> PlayAsync(Stage stage, WayBack way, CancellationToken cancellationToken)
    {
        var (told, who) = (stage.Transcript, stage.Cast.First);
        told.Scene("A light turns red");
        stage.Red = stage.Now;
        var seen = await stage.SayAsync(who, cancellationToken, "hk");
        told.Claim(
            seen.Exit == 0 && seen.Words.Contains("HK-01", StringComparison.Ordinal),
            "the lights are shown, HK-01 among them",
            seen.Exit
        );
        var lights = await stage.DataAsync(who, cancellationToken, "hk");
        var red = lights.List("hooks").Where(h => h.Text("light") == "red").Select(h => h.Text("id")).ToList();
        told.Need(red.Contains("HK-01"), "HK-01 is red", string.Join(", ", red));
        told.Claim(lights.List("hooks").All(h => h.Text("light") != "unknown"), "no light is unknown");

        await stage.SayAsync(who, cancellationToken, "status");
        var draft = default(System.Text.Json.JsonElement);
        await Stage.BecomesAsync(
            async () =>
                (
                    draft = (await stage.DataAsync(who, cancellationToken, "run", "list"))
                        .List("runs")
                        .With("procedure", way.Procedure)
                ).Has("run"),
            cancellationToken
        );
        told.Need(draft.Has("run"), $"the bot has drafted {way.Procedure} by itself");
        var run = draft.Text("run");
        told.Claim(
            draft.Text("requestedBy") == "glancy"
                && draft.Text("arguments", "batch") == way.Batch
                && draft.Text("state") == "draft",
            $"{run} is the bot's, of {way.Batch}, and waits",
            draft.Text("state")
        );

        await NoticedAsync(stage, run, cancellationToken);
        await FrozenAsync(stage, way, cancellationToken);

        var page = await stage.SayAsync(who, cancellationToken, "run", "show", run);
        told.Claim(
            page.Words.Contains(draft.Text("code"), StringComparison.Ordinal),
            "the page shows the line that confirms exactly this plan"
        );
        told.Claim(
            page.Words.Contains(way.Command, StringComparison.Ordinal),
            "and the command that a person would type"
        );
        var before = draft.List("context", "changesBefore");
        var promote = before.With("action", "release.promote");
        told.Claim(
            red.Contains(draft.Text("context", "hook"))
                && promote is { } p
                && p.Text("target") == way.Batch
                && p.Text("actor") == "mei"
                && p.Text("after") == $"{way.Weight}%",
            $"it names the light, and the promote to {way.Weight} % by mei in the hour before",
            draft.At("context").Text()
        );
        told.Claim(
            promote.Time("at") is { } at
                && draft.Time("context", "firstRedAt") - at is { } gap
                && gap > TimeSpan.Zero
                && gap <= TimeSpan.FromHours(1),
            "which was within that hour",
            promote.Text("at")
        );
        return run;
    }

    private static async Task NoticedAsync(Stage stage, string run, CancellationToken cancellationToken)
    {
        await stage.SayAsync(stage.Cast.First, cancellationToken, "notices");
        var notices = (await stage.DataAsync(stage.Cast.First, cancellationToken, "notices")).List("notices");
        stage.Transcript.Claim(
            notices.Any(n => n.Text("template") == "freeze"),
            "a post says that the train was frozen"
        );
        var cards = notices.Where(n => n.Text("kind") == "card").ToList();
        stage.Transcript.Claim(
            cards.Count == 1 && cards[0].Text("runId") == run[2..],
            "one card shows the draft, and only one",
            cards.Count
        );
    }

    private static async Task FrozenAsync(Stage stage, WayBack way, CancellationToken cancellationToken)
    {
        await stage.SayAsync(stage.Cast.Second, cancellationToken, "release", "status");
        var release = await stage.DataAsync(stage.Cast.Second, cancellationToken, "release", "status");
        stage.Transcript.Claim(
            release.Text("freeze", "by") == "glancy",
            "the release train is frozen by the bot",
            release.At("freeze").Text()
        );
        stage.Transcript.Claim(
            release.Number("status", "weight") == way.Weight && release.Text("status", "batch") == way.Batch,
            $"{way.Batch} has {way.Weight} % of the traffic",
            release.Text("status")
        );
        var share = await Share(stage, "green", cancellationToken);
        stage.Transcript.Claim(
            Near(share, way.Weight),
            "and the new colour really gets it",
            share?.ToString("0.00", CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Whether a share of 1 is about as many per cent.</summary>
    public static bool Near(double? share, double weight) =>
        share is { } value && Math.Abs(value - (weight / 100)) < 0.02 + (weight / 400);

    /// <summary>Share of lookups of the last minute that a colour answered, as Prometheus has it.</summary>
    public static Task<double?> Share(Stage stage, string colour, CancellationToken cancellationToken)
    {
        const string Lookups = "rate(requests_total{route=\"/lookup\"";
        return stage.World.Prometheus.QueryAsync(
            $"sum({Lookups},colour=\"{colour}\"}}[1m])) / sum({Lookups}}}[1m]))",
            stage.World.Clock.Now,
            cancellationToken
        );
    }
}
