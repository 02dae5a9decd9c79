using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Sandbox.Stories.Venues;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>
/// What the night has heard of the changes that stand: one card with its buttons, revised at most once an hour.
/// </summary>
internal static partial class ReminderScene
{
    private const string Key = "leases:";

    public static async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var told = stage.Transcript;
        told.Scene("Of open changes there is one card");
        await stage.SeesAsync(
            Key,
            m => m.Where(p => !p.IsAnswer).ToList() is [{ } one] && Back(one.Blocks?.GetRawText(), "L-1"),
            "with the button that takes back what stands",
            cancellationToken
        );

        // Lines are no urgent posts: after a night that went by in a minute they may still be on their way.
        await stage.SeesAsync(Key, m => m.Any(p => p.IsAnswer), "and lines for what came later", cancellationToken);
        var posts = stage.Posted(Key).ToLookup(m => m.IsAnswer);
        var (card, lines) = (posts[false].First(), posts[true].ToList());
        told.Claim(
            lines.Count > 0 && lines.All(m => m.ThreadTs == card.Ts),
            "further reminders are lines in its thread",
            lines.Count
        );

        // Each turn of the card after the first is a line; its key says when.
        var turns = lines
            .Select(m =>
                When().Match(Posts.KeyOf(m)) is { Success: true, Value: var at }
                    ? DateTime.ParseExact(
                        at,
                        "yyyyMMdd'T'HHmmss'Z'",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AdjustToUniversal
                    )
                    : default
            )
            .Order()
            .ToList();
        told.Claim(
            turns.Zip(turns.Skip(1)).All(pair => pair.Second - pair.First >= TimeSpan.FromHours(1)),
            "never two within an hour",
            string.Join(", ", turns.Select(t => t.ToString("HH:mm", CultureInfo.InvariantCulture)))
        );
        told.Claim(
            stage.Posted("lease:").All(m => Posts.KeyOf(m).EndsWith(":offer", StringComparison.Ordinal)),
            "no single change fills the channel with reminders",
            stage.Posted("lease:").Count
        );
    }

    /// <summary>Everything is taken back, closed and done: now a clean is clean.</summary>
    public static async Task CleanAsync(
        Stage stage,
        DateTimeOffset morning,
        string incident,
        CancellationToken cancellationToken
    )
    {
        var told = stage.Transcript;
        told.Scene("Nothing is left");
        await stage.MayNotAsync(
            Crew.Wu,
            "it is not clean while the Sev-2 is open",
            cancellationToken,
            "handover",
            "clean"
        );
        await stage.BackAsync(Crew.Wu, "L-1", cancellationToken);
        await stage.SeesAsync(
            Key,
            m => m.Count(p => !p.IsAnswer) == 1 && !Back(m.First(p => !p.IsAnswer).Blocks?.GetRawText(), "L-1"),
            "the card of open changes says that none is",
            cancellationToken
        );
        await stage.DoesAsync(
            Crew.Mei,
            "mei closes the incident",
            cancellationToken,
            "incident",
            "close",
            incident,
            "--reason",
            "receipts come in time again"
        );
        foreach (var item in (string[])["F-1", "F-2"])
        {
            await stage.DoesAsync(Crew.Wu, $"{item} is done", cancellationToken, "handover", "done", item);
        }

        await stage.DoesAsync(Crew.Wu, "now it is clean", cancellationToken, "handover", "clean");
        var left = (
            await stage.DataAsync(
                Crew.Wu,
                cancellationToken,
                "handover",
                "show",
                "--at",
                morning.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)
            )
        ).List("handover", "left");
        told.Claim(left.Count == 0, "and nothing was left", left.Count);
    }

    private static bool Back(string? blocks, string lease) =>
        blocks?.Contains($"lease revert {lease} ", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"[0-9]{8}T[0-9]{6}Z")]
    private static partial Regex When();
}
