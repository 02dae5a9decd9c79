using Glancy.Runbook;
using Glancy.Runbook.Permissions;
using Edit = System.Func<Glancy.Runbook.RunbookContent, Glancy.Runbook.RunbookContent>;

namespace Glancy.Ops.Tests.Runbook.Versions.Diff;

/// <summary>Who may do what, field by field.</summary>
internal static class PermissionTables
{
    private const bool Looser = true;
    private const bool Fine = false;

    public static IEnumerable<(Type Record, string Field, string Where, bool Looser, Edit Edit)> Permissions() =>
        [
            (
                typeof(RunbookContent),
                nameof(RunbookContent.Permissions),
                "permissions/run.tick",
                Fine,
                Without("run.tick")
            ),
            Of(
                "incident.note",
                nameof(PermissionTerms.HeldBy),
                "held_by",
                Looser,
                p => p with { HeldBy = HeldBy.People }
            ),
            Of("audit.see", nameof(PermissionTerms.HeldBy), "held_by", Fine, p => p with { HeldBy = HeldBy.People }),
            Of(
                "lease.keep",
                nameof(PermissionTerms.Roles),
                "roles",
                Looser,
                p => p with { Roles = [.. p.Roles, "dba"] }
            ),
            Of(
                "release.freeze",
                nameof(PermissionTerms.Roles),
                "roles",
                Fine,
                p => p with { Roles = ["release-manager"] }
            ),
            Of("lease.keep", nameof(PermissionTerms.Section), "section", Fine, p => p with { Section = "4.4" }),
        ];

    private static (Type Record, string Field, string Where, bool Looser, Edit Edit) Of(
        string id,
        string field,
        string where,
        bool looser,
        Func<PermissionTerms, PermissionTerms> edit
    ) => (typeof(PermissionTerms), field, $"permissions/{id}/{where}", looser, Edited(id, edit));

    private static Edit Edited(string id, Func<PermissionTerms, PermissionTerms> edit) =>
        content =>
            content with
            {
                Permissions = content.Permissions.Values.Select(p => p.Id == id ? edit(p) : p).ToDictionary(p => p.Id),
            };

    private static Edit Without(string id) =>
        content => content with { Permissions = content.Permissions.Where(p => p.Key != id).ToDictionary() };
}
