using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Runbook;
using Glancy.Runbook.Releases;

namespace Glancy.Ops.Releases;

/// <summary>The two ways back (§4.1, §4.4): the old version everywhere, or one rung down the ladder with what the rung pauses.</summary>
public static class RollbackWays
{
    public const string Full = "rollback";
    public const string OneRung = "rollback-one-rung";

    /// <summary>Which procedure, with which arguments; or why that way is not there.</summary>
    public static (string Procedure, IReadOnlyDictionary<string, string> Arguments, Refusal? Refusal) Of(
        RunbookContent content, string batch, RollbackWay way, string reason)
    {
        ArgumentNullException.ThrowIfNull(content);
        var arguments = new Dictionary<string, string> { ["batch"] = batch, ["reason"] = reason };
        if (way == RollbackWay.Full)
        {
            return (Full, arguments, null);
        }

        var rung = content.Ladder.Find(batch);
        if (rung is not { Rollback: RollbackWay.OneRung, BackTo: { } back } || content.Ladder.Find(back) is not { } lower)
        {
            return (OneRung, arguments, new Refusal("no-rung-below", "§4.1", batch));
        }

        arguments["to"] = lower.Batch;
        arguments["weight"] = lower.Weight.ToString("0.###", CultureInfo.InvariantCulture);
        if (rung.Pauses is { } pause)
        {
            arguments["pause_flag"] = pause.Flag;
            arguments["pause_value"] = pause.Value;
        }

        return (OneRung, arguments, null);
    }

    /// <summary>The way the ladder asks for when this batch breaks.</summary>
    public static RollbackWay Asked(RunbookContent content, string batch)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content.Ladder.Find(batch)?.Rollback ?? RollbackWay.Full;
    }

    /// <summary>Whether a run goes back one rung only.</summary>
    public static bool IsOneRung(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Definition.Id == OneRung;
    }
}
