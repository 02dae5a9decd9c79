using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Stories.Venues;

namespace Glancy.Sandbox.Stories.Shift;

/// <summary>
/// A quiet night in the thread, then 07:00: the swap counts, and who does not take the shift over is called.
/// </summary>
internal static class MorningScene
{
    public static async Task PlayAsync(
        Stage stage,
        DateTimeOffset evening,
        DateTimeOffset morning,
        CancellationToken cancellationToken
    )
    {
        var (told, before, key) = (stage.Transcript, Crew.HandoverAt(evening), Crew.HandoverAt(morning));
        told.Scene("A quiet night");
        await stage.UntilAsync(morning.AddMinutes(-5), Crew.Leap, cancellationToken);
        var thread = stage.Posted(before)[0].Ts;

        // Lines are no urgent posts: after a night that went by in a minute they may still be on their way.
        List<Message> Quiet() => [.. stage.Posted("patrol-green:").Concat(stage.Posted("patrol-near:"))];
        await Stage.BecomesAsync(() => Task.FromResult(Quiet().Count > 20), cancellationToken);
        var quiet = Quiet();
        told.Claim(
            quiet.Count > 20 && quiet.All(m => m.ThreadTs == thread),
            "each patrol that found nothing is a line in the shift's thread",
            quiet.Count
        );
        told.Claim(stage.Posted(before + ":late").Count == 0, "nobody was called for a shift that was taken over");

        told.Scene("07:00: the morning comes");
        await stage.UntilAsync(morning.AddSeconds(30), Crew.Leap, cancellationToken);
        var card = await stage.SeesAsync(
            key,
            m => m is [{ } one] && one.Text.Contains(stage.Mention(Crew.Wu), StringComparison.Ordinal),
            "one card asks wu, as was agreed",
            cancellationToken
        );
        foreach (var wanted in (string[])["F-1", "glancy.lookup.force_basic"])
        {
            told.Claim(
                Posts.Said(card).Contains(wanted, StringComparison.Ordinal),
                $"{wanted}, still open, has come over",
                Posts.Said(card)
            );
        }

        var link = $"p{stage.Posted(before)[0].Ts.Replace(".", "", StringComparison.Ordinal)}";
        told.Claim(
            card.Blocks?.GetRawText().Contains(link, StringComparison.Ordinal) == true,
            "it leads to the card of the evening",
            link
        );
        await stage.UntilAsync(morning.AddMinutes(14), Crew.Leap, cancellationToken);
        told.Claim(stage.Posted(key + ":late").Count == 0, "14 minutes later nobody has been called yet");
        await stage.UntilAsync(morning.AddMinutes(16), Crew.Leap, cancellationToken);
        await stage.SeesAsync(
            key + ":late",
            m =>
                m is [{ } page]
                && new[] { Crew.Wu, Crew.Chen, Crew.Mei }.All(p =>
                    page.Text.Contains(stage.Mention(p), StringComparison.Ordinal)
                ),
            "after 15 both sides and the release manager are called, once",
            cancellationToken
        );

        // An override, and so a swap, counts at once; accepting is still asked for.
        await stage.HoldsAsync("primary", Crew.Wu, cancellationToken);
        await stage.DoesAsync(Crew.Wu, "wu takes it", cancellationToken, "handover", "accept");
        await stage.HoldsAsync("primary", Crew.Wu, cancellationToken);
        await stage.HoldsAsync("secondary", Crew.Lin, cancellationToken);
        await stage.UntilAsync(morning.AddMinutes(45), Crew.Leap, cancellationToken);
        told.Claim(stage.Posted(key + ":late").Count == 1, "nobody is called again");
        told.Claim(
            stage.Posted("handover:").Count(m => !m.IsAnswer) == 3,
            "two cards and one call: nothing was said twice",
            stage.Posted("handover:").Count(m => !m.IsAnswer)
        );
    }
}
