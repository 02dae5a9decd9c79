using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>
/// The runbook's own procedures with nothing but what changes something: the same keys, roles, effects and leases.
/// Property tests play hundreds of runs, and their proofs and announcements are tested elsewhere.
/// </summary>
internal static class LeanProcedures
{
    private static readonly string[] Kinds =
    [
        "release.freeze",
        "release.thaw",
        "release.set",
        "flag.snapshot",
        "flag.set",
        "bastion.run",
    ];
    private static readonly Lazy<IReadOnlyDictionary<string, Procedure>> Shipped = new(() =>
        RunbookFolders.Load().Procedures
    );

    /// <param name="verified">With the hooks looked at in the end.</param>
    public static IEnumerable<Procedure> All(bool verified) =>
        Shipped.Value.Values.Select(procedure =>
            procedure with
            {
                Steps =
                [
                    .. procedure.Steps.Where(step =>
                        Kinds.Contains(step.Kind)
                        || (verified && step is { Kind: "hook.expect", Phase: StepPhase.Verify })
                    ),
                ],
            }
        );
}
