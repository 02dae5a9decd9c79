using System.Text.Json;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Watching;

/// <summary>Why no open run is to cure a red light: how the last one ended, and why the bot drafts none.</summary>
/// <param name="Run">The last run's name; null where there was none.</param>
/// <param name="State">How it ended.</param>
/// <param name="By">Who dismissed or aborted it.</param>
/// <param name="NoDraft">Why none can be drafted; null where the bot may not ask by itself.</param>
public sealed record NobodysReason(string? Run, RunState? State, string? By, bool Dismissed, Refusal? NoDraft)
{
    public static NobodysReason Of(RedLight light)
    {
        ArgumentNullException.ThrowIfNull(light);
        return light.Run is not { } run
            ? new NobodysReason(null, null, null, Dismissed: false, light.Episode.NoDraft)
            : new NobodysReason(
                run.Name,
                run.State,
                run.Outcome is { Code: "dismissed" or "aborted-by", Arguments: [{ Length: > 0 } by, ..] } ? by : null,
                run.Outcome is { Code: "dismissed" },
                light.Episode.NoDraft
            );
    }

    /// <summary>As a notice carries it.</summary>
    public string ToFact() => JsonSerializer.Serialize(this, BotDatabase.Json);

    /// <summary>As a notice carried it; null when it is none.</summary>
    public static NobodysReason? Read(string fact)
    {
        try
        {
            return JsonSerializer.Deserialize<NobodysReason>(fact, BotDatabase.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
