namespace Glancy.Sandbox.Stories;

/// <summary>
/// Afterwards: the episodes end, the records agree, nothing was done twice, and the train stands until a person lifts
/// the freeze.
/// </summary>
internal static class RecordsScene
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(2);

    // One of the three is behind us: the verification waited for it.
    private static readonly TimeSpan Verified = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ThreeWindows = TimeSpan.FromMinutes(15);

    /// <param name="confirmer">Who gave the last confirmation.</param>
    public static async Task PlayAsync(
        Stage stage,
        WayBack way,
        string run,
        string confirmer,
        CancellationToken cancellationToken
    )
    {
        var (told, who) = (stage.Transcript, stage.Cast.First);
        told.Scene("Afterwards");
        told.Happens("three good windows must follow each other before a light counts as recovered");
        await stage.PassAsync(ThreeWindows - Verified, cancellationToken);
        var status = await stage.DataAsync(who, cancellationToken, "status");
        for (var passed = TimeSpan.Zero; status.List("episodes").Count > 0 && passed < Longest; passed += Stride)
        {
            await stage.PassAsync(Stride, cancellationToken);
            status = await stage.DataAsync(who, cancellationToken, "status");
        }

        told.Claim(
            status.At("episodes").ValueKind == System.Text.Json.JsonValueKind.Array
                && status.List("episodes").Count == 0,
            "every episode has ended",
            status.Text("episodes")
        );
        told.Claim(status.List("runs").Count == 0, "and no run is open", status.List("runs").Count);
        told.Claim(
            status.List("leases").Any(l => l.Text("target") == "flag/" + way.Switch),
            "the switch that it turned is our lease",
            status.Text("leases")
        );

        await AuditAsync(stage, way, run, confirmer, cancellationToken);
        await ProductAsync(stage, way, run, cancellationToken);
        await stage.SayAsync(who, cancellationToken, "status");
        told.Claim(
            status.Has("freeze"),
            "the train is still frozen; lifting that is a person's",
            status.At("freeze").Text()
        );
    }

    private static async Task AuditAsync(
        Stage stage,
        WayBack way,
        string run,
        string confirmer,
        CancellationToken cancellationToken
    )
    {
        var (told, who) = (stage.Transcript, stage.Cast.First);
        await stage.SayAsync(who, cancellationToken, "audit", "search", "--run", run, "--limit", "12");
        var events = (
            await stage.DataAsync(who, cancellationToken, "audit", "search", "--run", run, "--limit", "200")
        ).List("events");
        var starts = events.Where(e => e.Text("action") == "step-start").ToList();
        told.Claim(
            starts.Any(e => e.Text("command") == way.Command),
            "the trail shows the command as a person would type it"
        );
        told.Claim(
            starts.GroupBy(e => e.Text("target")).All(g => g.Count() == 1),
            "each step was started once",
            string.Join(", ", starts.GroupBy(e => e.Text("target")).Where(g => g.Count() > 1).Select(g => g.Key))
        );
        told.Claim(events.Any(e => e.Text("actor") == confirmer), $"it names {confirmer}");

        var verdict = await stage.SayAsync(who, cancellationToken, "audit", "verify");
        told.Claim(verdict.Exit == 0, "the chain is whole", verdict.Exit);
        var chain = await stage.DataAsync(who, cancellationToken, "audit", "verify");
        var script = starts.FirstOrDefault(e => e.Text("target").EndsWith(" " + way.Step, StringComparison.Ordinal));
        told.Claim(
            chain.Text("intact") == "true" && chain.Text("anchorsKnown") == "true",
            "intact, and compared with the anchors on the bastion",
            chain.Text()
        );
        told.Claim(
            chain.Number("anchoredThrough") >= script.Number("seq"),
            "anchored up to the start of what moved the traffic",
            chain.Text("anchoredThrough")
        );
    }

    private static async Task ProductAsync(Stage stage, WayBack way, string run, CancellationToken cancellationToken)
    {
        var told = stage.Transcript;
        told.Happens("the product's own tables, and what reached production");
        var changes = await stage.Records.ChangesAsync(run, cancellationToken);
        foreach (var change in changes)
        {
            told.Answered(
                $"audit_events {change.Key, -20} {change.Actor, -5} {change.Action, -14} {change.Command}  "
                    + $"{change.Before} -> {change.After}"
            );
        }

        var keys = changes.Select(c => c.Key).ToList();
        told.Claim(
            way.Effects.All(step => keys.Count(k => IsOf(k, step)) == 1),
            "audit_events has one row for each production change",
            string.Join(", ", keys)
        );
        var executed = changes.FirstOrDefault(c => IsOf(c.Key, way.Step));
        told.Claim(
            executed is { Before: var before, After: var after }
                && before.Contains(way.Before, StringComparison.Ordinal)
                && after.Contains(way.After, StringComparison.Ordinal),
            "with before and after",
            executed
        );

        var rows = await stage.Records.BatchesAsync(run, cancellationToken);
        told.Claim(
            rows.Count == 1
                && rows[0] is { Kind: "rollback", State: "verified", Finished: not null }
                && rows[0].Weight == (decimal)way.To.Weight,
            "its row in release_batches is closed as verified",
            string.Join("; ", rows)
        );

        var effects = stage.World.Effects.All;
        foreach (var effect in effects)
        {
            told.Answered($"effect {effect.Number}  {effect.Command} {effect.Arguments}  {effect.Key}  {effect.State}");
        }

        told.Claim(
            effects.Count(e => IsOf(e.Key, way.Step)) == 1 && effects.All(e => e.State == "done"),
            "what moved the traffic ran once, to its end",
            effects.Count(e => IsOf(e.Key, way.Step))
        );
        told.Claim(effects.GroupBy(e => (e.Command, e.Arguments)).All(g => g.Count() == 1), "nothing was done twice");

        // The first attempt's key; behind the point stands the life of the bot's database.
        bool IsOf(string? key, string step) => key?.Split('.')[0] == $"{run}/{step}/1";
    }
}
