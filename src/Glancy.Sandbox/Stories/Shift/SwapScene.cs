namespace Glancy.Sandbox.Stories.Shift;

/// <summary>
/// Primary and Secondary of the next morning change places: nothing moves until the other has said yes.
/// </summary>
internal static class SwapScene
{
    public static async Task PlayAsync(Stage stage, DateTimeOffset morning, CancellationToken cancellationToken)
    {
        var told = stage.Transcript;
        told.Scene("lin and wu change places for the next morning");
        await stage.HoldsAsync("primary", Crew.Lin, cancellationToken);
        var gaps = await stage.DataAsync(Crew.Lin, cancellationToken, "roster", "gaps");
        told.Claim(gaps.Has("gaps") && gaps.List("gaps").Count == 0, "the week ahead has no gap", gaps.Text());

        var shift = morning
            .ToOffset(TimeSpan.FromHours(8))
            .ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        await stage.DoesAsync(
            Crew.Lin,
            "lin proposes it",
            cancellationToken,
            "roster",
            "swap",
            "wu",
            "--give",
            shift,
            "--take",
            shift,
            "--reason",
            "a wedding in the morning"
        );
        await stage.SeesAsync(
            "swap:S-1",
            m => m is [{ } card] && card.Text.Contains(stage.Mention(Crew.Wu), StringComparison.Ordinal),
            "a card asks wu",
            cancellationToken
        );
        told.Claim(await OverridesAsync(stage, cancellationToken) is "", "nothing has moved yet");
        await stage.MayNotAsync(Crew.Lin, "lin cannot say yes for wu", cancellationToken, "roster", "accept", "S-1");
        await stage.DoesAsync(Crew.Wu, "wu accepts", cancellationToken, "roster", "accept", "S-1");
        var moved = await OverridesAsync(stage, cancellationToken);
        told.Claim(moved is "primary wu, secondary lin", "each has the other's role in that shift", moved);
        await stage.HoldsAsync("primary", Crew.Lin, cancellationToken);
    }

    private static async Task<string> OverridesAsync(Stage stage, CancellationToken cancellationToken) =>
        string.Join(
            ", ",
            (await stage.DataAsync(Crew.Lin, cancellationToken, "oncall"))
                .List("overrides")
                .Select(o => $"{o.Text("role")} {o.Text("person")}")
                .Order(StringComparer.Ordinal)
        );
}
