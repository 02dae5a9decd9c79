using Glancy.Runbook.Alerts;
using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Procedures;

/// <summary>
/// <c>procedures/*.yaml</c> and <c>verbs.yaml</c>: what can be done, and what people say to draft it.
/// </summary>
internal sealed class ProceduresSection : IRunbookSection
{
    public int Order => 170;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["procedures"] = References.Procedure, ["verbs.yaml"] = References.Verb };

    public IReadOnlyList<string> Codes { get; } =
    [
        "sop-procedure-asks",
        "sop-procedure-without-command",
        "bad-verb",
        "verb-taken",
        "verb-without-reason",
        "id-not-file-name",
        "break-glass-adds-risk",
        "parameter-built-in",
        "parameter-without-default",
        "effect-after-verify",
        "effects-not-verified",
        "not-for-this-kind",
        "missing-argument",
        "reverts-nothing",
        "command-read-only",
        "command-parameter-unknown",
        "command-parameter-missing",
        "statement-parameter-unknown",
        "statement-parameter-missing",
    ];

    public RunbookContent Read(RunbookReading reading, RunbookContent content)
    {
        var verbs = new VerbFields(reading, reading.Terms.Reserved);
        verbs.ReadShared();
        var around = new ProcedureSurroundings(
            reading.Terms.Actions,
            reading.Terms.Sources,
            content.Commands,
            content.Flags,
            content.Statements
        );
        var procedures = ProcedureFiles.Read(reading, around, verbs);
        verbs.Check(procedures);
        AlertFiles.CheckActs(reading, content.Alerts, procedures, reading.IsStored ? null : verbs.All);
        return content with { Procedures = procedures, Verbs = verbs.All };
    }

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        ProcedureDiff.Add(changes, before.Procedures, after.Procedures);
        VerbDiff.Add(changes, before.Verbs, after.Verbs);
    }
}
