using Glancy.Ops.Procedures;
using Glancy.Runbook;
using Glancy.Runbook.Releases;

namespace Glancy.Ops.Releases;

/// <summary>
/// The two ways back (§4.1, §4.4): the old version everywhere, or one rung down the ladder with what the rung pauses.
/// </summary>
internal static class RollbackWays
{
    public const string Full = "rollback";
    public const string OneRung = "rollback-one-rung";

    /// <summary>The procedure of the way that the ladder asks for when this batch breaks.</summary>
    public static string Asked(RunbookContent content, string batch)
    {
        return content.Ladder.Find(batch)?.Rollback == RollbackWay.OneRung ? OneRung : Full;
    }

    /// <summary>Whether a run goes back one rung only.</summary>
    public static bool IsOneRung(Run run)
    {
        return run.Definition.Id == OneRung;
    }
}
