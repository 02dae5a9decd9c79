namespace Glancy.Sandbox.Stories;

/// <summary>One of the two ways back (§4.1, §4.4), as production sees it.</summary>
internal sealed record WayBack
{
    /// <summary>Which procedure the bot drafts.</summary>
    public required string Procedure { get; init; }

    /// <summary>What rolls out when the story begins, and <see cref="Weight"/> its share in per cent.</summary>
    public required string Batch { get; init; }

    public required double Weight { get; init; }

    /// <summary>What is wrong with it; switching it off is the repair.</summary>
    public required string? Fault { get; init; }

    /// <summary>What a person would type.</summary>
    public required string Command { get; init; }

    /// <summary>Batch and weight afterwards.</summary>
    public required (string Batch, double Weight, string State) To { get; init; }

    /// <summary>
    /// The flag that is turned with it, from <see cref="SwitchBefore"/> to <see cref="SwitchAfter"/>.
    /// </summary>
    public required string Switch { get; init; }

    public required string SwitchBefore { get; init; }

    public required string SwitchAfter { get; init; }

    /// <summary>The step that moves the traffic.</summary>
    public required string Step { get; init; }

    /// <summary>Steps whose effect the product records.</summary>
    public required IReadOnlyList<string> Effects { get; init; }

    /// <summary>Templates of the two announcements.</summary>
    public required (string First, string Verified) Announcements { get; init; }

    /// <summary>The old version everywhere, by the script; the ladder asks for it at REL-B5.</summary>
    public static WayBack Full { get; } = FullFrom("REL-B5", 100, Production.Faults.BadRelease);

    /// <summary>One rung down from REL-B3, and Free is paused with it.</summary>
    public static WayBack OneRung { get; } =
        new()
        {
            Procedure = "rollback-one-rung",
            Batch = "REL-B3",
            Weight = 15,
            Fault = Production.Faults.Overload,
            Command = "releasectl stage promote --env prod --batch REL-B2 --weight 5",
            To = ("REL-B2", 5, "active"),
            Switch = Production.Flags.FreePlan,
            SwitchBefore = "true",
            SwitchAfter = "false",
            Step = "step-down",
            Effects = ["record", "snapshot", "pause", "step-down", "close-record"],
            Announcements = ("one-rung-first", "one-rung-verified"),
        };

    /// <summary>How the train reads as a controlled state.</summary>
    public string Before => Train(Batch, Weight);

    /// <inheritdoc cref="Before"/>
    public string After => Train(To.Batch, To.Weight);

    /// <summary>The full way from another rung.</summary>
    public static WayBack FullFrom(string batch, double weight, string? fault) =>
        new()
        {
            Procedure = "rollback",
            Batch = batch,
            Weight = weight,
            Fault = fault,
            Command = $"ops/bin/rollback_stage.sh --batch {batch}",
            To = (batch, 0, "rolled-back"),
            Switch = Production.Flags.ForceBasic,
            SwitchBefore = "false",
            SwitchAfter = "true",
            Step = "execute",
            Effects = ["record", "snapshot", "execute", "close-record"],
            Announcements = ("rollback-first", "rollback-verified"),
        };

    private static string Train(string batch, double weight) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"release/prod={batch} {weight}%");
}
