namespace Glancy.Sandbox.Production;

/// <summary>What <c>fault list</c> shows.</summary>
internal static class FaultCatalogue
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new(
            Faults.BadRelease,
            "the new colour answers 8 % of /lookup with 500 and is slow",
            "HK-01 and HK-02 red",
            "a rollback (§4.4), or glancy.lookup.force_basic for HK-01"
        ),
        new(
            Faults.Overload,
            "the new colour is as bad as bad-release while it carries more than 10 %",
            "HK-01 and HK-02 red",
            "back one rung, from REL-B3 to REL-B2 (§4.1)"
        ),
        new(
            Faults.DoubaoErrors,
            "Doubao fails 40 % of its requests; the circuit opens",
            "doubao-5xx, HK-06 and circuit-open red",
            "glancy.lookup.force_basic and glancy.regenerate.enabled=false until it is better (§5.2)"
        ),
        new(
            Faults.CircuitStuck,
            "Doubao fails 40 %, the circuit stays closed and answers are 503 instead of degraded",
            "HK-01, doubao-5xx and HK-06's probe red",
            "glancy.degrade.force_basic and 'act restart llm-adapter', or 'act circuit open' (§5.3.2)"
        ),
        new(
            Faults.ContractErrors,
            "4 % of Doubao's answers break the contract",
            "contract-parse red",
            "glancy.lookup.force_basic silences it"
        ),
        new(
            Faults.DegradeBroken,
            "where Doubao fails there is no basic answer, but 503",
            "HK-06 red by its probe",
            "glancy.lookup.force_basic (§5.3.2)"
        ),
        new(
            Faults.CostSurge,
            "each answer of Doubao takes three times the tokens",
            "HK-03 red; at 0.3 yellow",
            "glancy.cache.mode=l2_prio, then glancy.regenerate.enabled=false and fewer glancy.lookup.examples (§5.2)"
        ),
        new(
            Faults.CacheCold,
            "both caches lose half of their hits",
            "the gates cache-l1 and cache-l2; cost yellow",
            "glancy.cache.mode=l2_prio until they are warm (§5.2)"
        ),
        new(
            Faults.QuotaMismatch,
            "4 % of the quota headers differ from the body, and entries go missing from quota_ledger",
            "HK-04 red; quota_daily is not the sum of its ledger",
            "switch it off, then reconcile the rows (§5.3.3)"
        ),
        new(
            Faults.Throttle,
            "a few clients storm and empty the bucket all share: 4 % of requests are refused with 429",
            "HK-04 red; at 0.5 yellow",
            "glancy.ratelimit.user_rpm=150 holds them back (§5.2)"
        ),
        new(
            Faults.SubscriptionLag,
            "payment callbacks sync six times slower and 3 % are lost",
            "HK-05 red; subscription.updated fills",
            "'act poller on' (§5.2)"
        ),
        new(
            Faults.RumSlow,
            "pages paint 1.8 times slower, whatever the colour",
            "HK-02 red",
            "not cured by a rollback"
        ),
        new(
            Faults.FreeSlow,
            "Free is served 2.4 times slower",
            "slo-lookup red; REL-B3's gate free-p95",
            "glancy.plan.free.enabled=false (§4.1)"
        ),
        new(
            Faults.RegenerateSlow,
            "/regenerate takes 1.8 times as long",
            "slo-regenerate red",
            "glancy.regenerate.enabled=false"
        ),
        new(
            Faults.TrafficSurge,
            "80 % more people come",
            "upstream_concurrency_ratio, queue_wait_seconds, cost yellow",
            "'act scale lookup-bff 16' and 'act scale llm-adapter 12' (§6.1)"
        ),
        new(
            Faults.LanguagePairs,
            "the new colour finds no entry for 3 % of the added language pairs",
            "REL-B2's gate language-pairs",
            "a rollback"
        ),
        new(Faults.HistoryErrors, "2 % of the requests for history fail", "REL-B2's gate history", "a rollback"),
        new(
            Faults.DeleteSlow,
            "a logical delete takes four times as long",
            "REL-B3's gate logical-delete",
            "back one rung"
        ),
        new(
            Faults.BillingDrift,
            "2 % of the bills differ from their mirror",
            "REL-B2's gate billing-mirror",
            "back one rung"
        ),
        new(
            Faults.ExportBacklog,
            "three times as many exports are asked for as usual",
            "export_queue_depth, exports:pending, export receipt P95",
            "'act scale export-worker 48' (§5.3.1), or glancy.exports.low_priority=false"
        ),
        new(
            Faults.ExportStuck,
            "nine of ten export workers hang in the middle of a job",
            "export_queue_depth; jobs running for minutes",
            "'act restart export-worker', then retry what was running (§5.3.1)"
        ),
        new(
            Faults.ExportFailures,
            "6 % of the exports fail for good",
            "export_jobs failed, exports:dead",
            "switch it off, then retry the failed rows (§5.3.1); glancy.exports.enabled=false stops the bleeding"
        ),
        new(
            Faults.StreamingLoss,
            "1.5 % of the segments sent over WSS are lost",
            "streaming_segments_total",
            "'act restart streaming-gateway', or glancy.streaming.transport=http_polling (§5.2)"
        ),
        new(
            Faults.BackupMissing,
            "no backup runs",
            "backup_age_seconds, backup_runs",
            "'act backup <kind>' makes one by hand (§3)"
        ),
        new(
            Faults.ReplicationLag,
            "copies of objects and of the database arrive minutes late",
            "object_replication_lag_seconds, pg_replication_lag_seconds",
            "none but waiting"
        ),
        new(
            Faults.MetricsGap,
            "the page-view and subscription metrics stop",
            "HK-02 and HK-05 unknown after 5 min",
            "none but waiting"
        ),
        new(Faults.MetricsBlackout, "all metrics stop", "every hook unknown after 5 min", "none but waiting"),
        new(
            Faults.ScriptHangs,
            "rollback_stage.sh hangs before it switches traffic",
            "the run waits, then is unknown",
            "goes on when switched off"
        ),
        new(
            Faults.ScriptFails,
            "rollback_stage.sh fails before it switches traffic",
            "exit 1; nothing changed",
            "retry when switched off"
        ),
    ];
}
