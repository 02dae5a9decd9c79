using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Releases;

namespace Glancy.Ops.Releases;

/// <summary>
/// <c>rung-below</c>: where one rung back from a batch leads, and what is paused with it, by the ladder (§4.1).
/// </summary>
internal sealed class RungBelow : IArgumentSource<RungBelow>
{
    public static ArgumentSourceSpec Declared { get; } =
        new("rung-below", ["to", "weight", "pause_flag", "pause_value"]);

    /// <inheritdoc/>
    public Result<IReadOnlyDictionary<string, string>> Give(
        RunbookContent content,
        IReadOnlyDictionary<string, string> arguments
    )
    {
        var given = new Dictionary<string, string>();
        if (!arguments.TryGetValue("batch", out var batch))
        {
            return new Result<IReadOnlyDictionary<string, string>>.Ok(given);
        }

        var rung = content.Ladder.Find(batch);
        if (
            rung is not { Rollback: RollbackWay.OneRung, BackTo: { } back }
            || content.Ladder.Find(back) is not { } lower
        )
        {
            return new Refusal("no-rung-below", "§4.1", batch);
        }

        given["to"] = lower.Batch;
        given["weight"] = lower.Weight.ToString("0.###", CultureInfo.InvariantCulture);
        if (rung.Pauses is { } pause)
        {
            given["pause_flag"] = pause.Flag;
            given["pause_value"] = pause.Value;
        }

        return new Result<IReadOnlyDictionary<string, string>>.Ok(given);
    }
}
