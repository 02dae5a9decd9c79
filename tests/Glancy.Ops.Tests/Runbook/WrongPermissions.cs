namespace Glancy.Ops.Tests.Runbook;

/// <summary>Wrong lines of <c>permissions.yaml</c>.</summary>
internal static class WrongPermissions
{
    private const string File = "permissions.yaml";

    // Three names of different kinds.
    private const string Tick = "{ id: run.tick, held_by: procedure";
    private const string See = "{ id: run.see, held_by: everybody";
    private const string Keep = "roles, roles: [release-manager], section: \"7.2\"";

    public static Wrong[] All() =>
        [
            new(
                "missing-file",
                File,
                c =>
                {
                    System.IO.File.Delete(c.PathOf(File));
                    return 0;
                }
            ),
            Wrong.Seen(
                "missing-permission",
                File,
                "  - { id: alert.see,",
                File,
                "  - " + Tick + ", section: \"4.4\" }\n",
                ""
            ),
            Wrong.By("unknown-permission", File, "{ id: run.tick,", "{ id: run.ticks,"),
            Wrong.By("duplicate-id", File, "{ id: run.tick,", "{ id: run.skip,"),
            Wrong.By("bad-choice", File, Tick, "{ id: run.tick, held_by: roster"),
            Wrong.By("bad-choice", File, See, "{ id: run.see, held_by: anybody"),
            Wrong.By("missing-field", File, Keep, "roles, section: \"7.2\""),
            Wrong.By("empty-value", File, Keep, "roles, roles: [], section: \"7.2\""),
            Wrong.By("unknown-role", File, Keep, "roles, roles: [emperor], section: \"7.2\""),
            Wrong.By("unknown-field", File, Tick, Tick + ", roles: [primary]"),
            Wrong.By("unknown-section", File, Keep, "roles, roles: [release-manager], section: \"77\""),
        ];
}
