using System.Globalization;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Kernel;

namespace Glancy.Ops.Connectors.Releasectl;

/// <summary>Asks the release tool on the bastion how the train stands (§2.3, §7.3).</summary>
public sealed class ReleaseTool(IBastion bastion)
{
    private const string Command = "releasectl.stage.status";

    /// <summary>The status, or why it is unknown.</summary>
    public async Task<Result<ReleaseStatus>> StatusAsync(CancellationToken cancellationToken)
    {
        var reading = await bastion.ReadAsync(Command, new Dictionary<string, string>(), cancellationToken);
        return reading is BastionReading.Read { Succeeded: true } read && Parse(read.Text) is { } status
            ? status
            : new Result<ReleaseStatus>.Unknown(BastionRefusal.Of(reading, Command));
    }

    /// <summary>Reads the tool's <c>key: value</c> lines; null when anything is missing or does not parse.</summary>
    public static ReleaseStatus? Parse(string text)
    {
        var values = ParsedPairs.OfColons(text);
        if (
            values["batch"] is not { } batch
            || values["new_colour"] is not { } newColour
            || values["old_colour"] is not { } oldColour
            || values["state"] is not { } state
            || !double.TryParse(values["weight"], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            || !Time(values["updated_at"], out var updated)
            || updated is not { } at
            || !Time(values["old_kept_until"], out var kept)
        )
        {
            return null;
        }

        return new ReleaseStatus(batch == "none" ? null : batch, weight, newColour, oldColour, kept, state, at);
    }

    // "none" is a time that is not; anything else has to parse.
    private static bool Time(string? text, out DateTimeOffset? time)
    {
        var parsed = DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var value
        );
        time = parsed ? value : null;
        return parsed || text == "none";
    }
}
