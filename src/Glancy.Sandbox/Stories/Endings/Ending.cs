using System.Text.Json;

namespace Glancy.Sandbox.Stories.Endings;

/// <summary>
/// What the endings have in common: someone confirms, the run stands somewhere, a page went out, and the trail is
/// whole.
/// </summary>
internal static class Ending
{
    /// <summary>Confirms with the code of the page and waits until the run is neither confirmed nor running.</summary>
    public static async Task<JsonElement> ConfirmAsync(
        Stage stage,
        Player who,
        string run,
        CancellationToken cancellationToken
    )
    {
        var code = (await stage.DataAsync(who, cancellationToken, "run", "show", run)).Text("code");
        await stage.SayAsync(who, cancellationToken, "run", "confirm", run, code, "--no-wait");
        return await StandsAsync(stage, run, cancellationToken);
    }

    /// <summary>The run when no step of it is at work.</summary>
    public static async Task<JsonElement> StandsAsync(Stage stage, string run, CancellationToken cancellationToken)
    {
        var data = default(JsonElement);
        await Stage.BecomesAsync(
            async () =>
                (data = await stage.DataAsync(stage.Cast.First, cancellationToken, "run", "show", run)).Text("state")
                    is not ("confirmed" or "running"),
            cancellationToken
        );
        return data;
    }

    /// <summary>Lets windows pass until the run has ended or paused.</summary>
    public static async Task<JsonElement> VerifiedAsync(Stage stage, string run, CancellationToken cancellationToken)
    {
        var data = await StandsAsync(stage, run, cancellationToken);
        for (var minutes = 0; minutes < 25 && data.Text("state") == "verifying"; minutes++)
        {
            await stage.PassAsync(TimeSpan.FromMinutes(1), cancellationToken);
            data = await StandsAsync(stage, run, cancellationToken);
        }

        return data;
    }

    /// <summary>Claims that the run is paused in the given way, and that a person was called to it, once.</summary>
    public static async Task PausedAsync(
        Stage stage,
        JsonElement data,
        string pause,
        CancellationToken cancellationToken
    )
    {
        var run = data.Text("run");
        stage.Transcript.Need(
            data.Text("state") == "paused" && data.Text("pause") == pause,
            $"{run} is paused: {pause}",
            $"{data.Text("state")} {data.Text("pause")}"
        );
        var pages = await NoticesAsync(stage, "page-" + pause, run, cancellationToken);
        stage.Transcript.Claim(pages.Count == 1, "and a person was called to it, once", pages.Count);
        var shown = await stage.SayAsync(stage.Cast.First, cancellationToken, "run", "show", run);
        stage.Transcript.Claim(
            shown.Words.Contains($"run abort {run}", StringComparison.Ordinal),
            "the page says what can be done",
            shown.Exit
        );
    }

    public static async Task<IReadOnlyList<JsonElement>> NoticesAsync(
        Stage stage,
        string template,
        string run,
        CancellationToken cancellationToken
    )
    {
        var notices = (await stage.DataAsync(stage.Cast.First, cancellationToken, "notices", "--limit", "100")).List(
            "notices"
        );
        return [.. notices.Where(n => n.Text("template") == template && n.Text("runId") == run[2..])];
    }

    /// <summary>What the bot has done to production; what people did by hand has no key.</summary>
    public static IReadOnlyList<Control.Effect> ByBot(Stage stage) =>
        [.. stage.World.Effects.All.Where(e => !string.IsNullOrEmpty(e.Key))];

    /// <summary>The trail is whole, and no effect was started twice under one key.</summary>
    public static async Task WholeAsync(Stage stage, CancellationToken cancellationToken)
    {
        var verdict = await stage.SayAsync(stage.Cast.First, cancellationToken, "audit", "verify");
        stage.Transcript.Claim(verdict.Exit == 0, "the chain is whole", verdict.Exit);
        stage.Transcript.Claim(
            ByBot(stage).GroupBy(e => e.Key).All(g => g.Count() == 1),
            "nothing was done twice under one key"
        );
    }
}
