using System.Globalization;
using Glancy.Sandbox.Stories.Venues;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>Five hundred alerts in a minute make a handful of cards, and none is lost (C4).</summary>
internal static class StormScene
{
    private const int Names = 20;
    private const int Each = 25;
    private const int Cards = 6;

    public static async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, alertmanager) = (stage.Transcript, stage.World.Alertmanager);
        told.Scene("Alerts storm");
        told.Happens(string.Create(CultureInfo.InvariantCulture, $"{Names * Each} alerts of {Names} names fire"));
        await Task.WhenAll(
            Named.Select(name =>
                alertmanager.FireAsync(name, Each, stage.World.Clock.Now.AddMinutes(-1), cancellationToken)
            )
        );
        told.Claim(await CountsAsync(stage, "firing", cancellationToken), "the bot has written down each of them");
        var storm = await stage.SeesAsync(
            "alert-storm:",
            m =>
                m is [{ } one]
                && Posts
                    .Said(one)
                    .Contains((Names - Cards).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            "one card counts those that have none",
            cancellationToken
        );
        await stage.SeesAsync(
            "alert:",
            m => m.Count == Cards,
            "the first ones have cards of their own",
            cancellationToken
        );
        told.Answered(Posts.Said(storm).ReplaceLineEndings(" / "));

        await Task.WhenAll(
            Named.Select(name => alertmanager.ResolveAsync(name, stage.World.Clock.Now, cancellationToken))
        );
        told.Happens("they are over");
        told.Claim(await CountsAsync(stage, "resolved", cancellationToken), "the bot knows the end of each");
        told.Claim(
            stage.Posted("alert:").Count == Cards && stage.Posted("alert-storm:").Count == 1,
            "no card has come twice",
            stage.Posted("alert:").Count
        );
    }

    private static IEnumerable<string> Named =>
        Enumerable.Range(1, Names).Select(n => string.Create(CultureInfo.InvariantCulture, $"Storm{n:00}"));

    private static Task<bool> CountsAsync(Stage stage, string what, CancellationToken cancellationToken) =>
        Stage.BecomesAsync(
            async () =>
            {
                var groups = (
                    await stage
                        .World.Replicas[0]
                        .DataAsync(
                            Crew.Lin.Id,
                            Crew.Lin.Language,
                            ["alert", "list", "--all", "--limit", "100"],
                            cancellationToken
                        ) ?? default
                ).List("alerts");
                return groups.Count == Names && groups.Sum(g => g.Number(what)) == Names * Each;
            },
            cancellationToken
        );
}
