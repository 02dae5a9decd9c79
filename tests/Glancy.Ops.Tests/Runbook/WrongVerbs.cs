namespace Glancy.Ops.Tests.Runbook;

/// <summary>What is wrong with what people shall say.</summary>
internal static class WrongVerbs
{
    private const string Thaw = "procedures/thaw.yaml";
    private const string Cost = "procedures/cost-level-1.yaml";
    private const string Draft = "command: { shares: sop draft }\n";

    public static Wrong[] All() =>
        [
            Wrong.By("bad-verb", Thaw, "says: release thaw", "says: Release Thaw"),
            Wrong.By("bad-verb", Thaw, "says: release thaw", "says: thaw the train"),
            Wrong.By("verb-taken", Thaw, "says: release thaw", "says: kill-switch on"),
            Wrong.By("verb-taken", Thaw, "[发布 解冻, 解冻]", "[发布 解冻, 回滚]"),
            Wrong.By(
                "verb-without-reason",
                Thaw,
                "{ name: reason, type: text",
                "{ name: reason, type: word",
                below: -10
            ),
            Wrong.By("unknown-verb", Cost, "shares: sop draft", "shares: sop drafts"),
            Wrong.Seen(
                "duplicate-id",
                "procedures/rollback.yaml",
                "command:",
                Cost,
                "shares: sop draft",
                "shares: rollback, as: full"
            ),
            Wrong.By("unknown-parameter", "verbs.yaml", "positional: [batch]", "positional: [batches]"),
            Wrong.By("missing-field", "verbs.yaml", "refusal: bad-way, ", ""),
            Wrong.By(
                "unknown-argument-source",
                "procedures/rollback-one-rung.yaml",
                "given_by: rung-below",
                "given_by: rung-above"
            ),
            Wrong.By(
                "unknown-argument-source",
                "procedures/thaw.yaml",
                "{ name: reason, type: text,",
                "{ name: reason, type: text, given_by: rung-below,"
            ),
            Wrong.Seen(
                "sop-procedure-without-command",
                "alerts/cost.yaml",
                "- say: { zh: \"≥ 0.8×：L2",
                Cost,
                Draft,
                ""
            ),
        ];
}
