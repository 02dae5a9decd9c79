namespace Glancy.Sandbox.Stories;

/// <summary>One of the two ways back (§4.1, §4.4), as production sees it.</summary>
/// <param name="Procedure">Which procedure the bot drafts.</param>
/// <param name="Batch">What rolls out when the story begins, and <paramref name="Weight"/> its share in per
/// cent.</param>
/// <param name="Fault">What is wrong with it; switching it off is the repair.</param>
/// <param name="Command">What a person would type.</param>
/// <param name="To">Batch and weight afterwards.</param>
/// <param name="Switch">The flag that is turned with it, from <paramref name="SwitchBefore"/> to
/// <paramref name="SwitchAfter"/>.</param>
/// <param name="Step">The step that moves the traffic.</param>
/// <param name="Effects">Steps whose effect the product records.</param>
/// <param name="Announcements">Templates of the two announcements.</param>
internal sealed record WayBack(
    string Procedure,
    string Batch,
    double Weight,
    string? Fault,
    string Command,
    (string Batch, double Weight, string State) To,
    string Switch,
    string SwitchBefore,
    string SwitchAfter,
    string Step,
    IReadOnlyList<string> Effects,
    (string First, string Verified) Announcements
)
{
    /// <summary>The old version everywhere, by the script; the ladder asks for it at REL-B5.</summary>
    public static WayBack Full { get; } = FullFrom("REL-B5", 100, Production.Faults.BadRelease);

    /// <summary>One rung down from REL-B3, and Free is paused with it.</summary>
    public static WayBack OneRung { get; } =
        new(
            "rollback-one-rung",
            "REL-B3",
            15,
            Production.Faults.Overload,
            "releasectl stage promote --env prod --batch REL-B2 --weight 5",
            ("REL-B2", 5, "active"),
            Production.Flags.FreePlan,
            "true",
            "false",
            "step-down",
            ["record", "snapshot", "pause", "step-down", "close-record"],
            ("one-rung-first", "one-rung-verified")
        );

    /// <summary>How the train reads as a controlled state.</summary>
    public string Before => Train(Batch, Weight);

    /// <inheritdoc cref="Before"/>
    public string After => Train(To.Batch, To.Weight);

    /// <summary>The full way from another rung.</summary>
    public static WayBack FullFrom(string batch, double weight, string? fault) =>
        new(
            "rollback",
            batch,
            weight,
            fault,
            $"ops/bin/rollback_stage.sh --batch {batch}",
            (batch, 0, "rolled-back"),
            Production.Flags.ForceBasic,
            "false",
            "true",
            "execute",
            ["record", "snapshot", "execute", "close-record"],
            ("rollback-first", "rollback-verified")
        );

    private static string Train(string batch, double weight) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"release/prod={batch} {weight}%");
}
