namespace Glancy.Sandbox.Production;

/// <summary>The catalogue's words in Chinese.</summary>
internal static class ChineseFaults
{
    private static readonly Dictionary<string, (string Does, string Shows, string Cure)> Words = new()
    {
        [Faults.BadRelease] = (
            "新版本对 8 % 的 /lookup 回 500，而且慢",
            "HK-01、HK-02 红",
            "回滚（§4.4）；对 HK-01 也可打开 glancy.lookup.force_basic"
        ),
        [Faults.Overload] = (
            "新版本流量超过 10 % 时与 bad-release 一样坏",
            "HK-01、HK-02 红",
            "退一阶，从 REL-B3 到 REL-B2（§4.1）"
        ),
        [Faults.DoubaoErrors] = (
            "Doubao 40 % 的请求失败，熔断打开",
            "doubao-5xx、HK-06、circuit-open 红",
            "glancy.lookup.force_basic 与 glancy.regenerate.enabled=false，直到好转（§5.2）"
        ),
        [Faults.CircuitStuck] = (
            "Doubao 40 % 失败而熔断不开，回 503 而不是降级",
            "HK-01、doubao-5xx 与 HK-06 的探针红",
            "glancy.degrade.force_basic 加 'act restart llm-adapter'，或 'act circuit open'（§5.3.2）"
        ),
        [Faults.ContractErrors] = (
            "Doubao 4 % 的回答不合契约",
            "contract-parse 红",
            "glancy.lookup.force_basic 使它安静"
        ),
        [Faults.DegradeBroken] = (
            "Doubao 失败处没有基础释义，而是 503",
            "HK-06 因探针而红",
            "glancy.lookup.force_basic（§5.3.2）"
        ),
        [Faults.CostSurge] = (
            "Doubao 每次回答用三倍的 token",
            "HK-03 红；0.3 时黄",
            "glancy.cache.mode=l2_prio，再 glancy.regenerate.enabled=false 并减少 glancy.lookup.examples（§5.2）"
        ),
        [Faults.CacheCold] = (
            "两级缓存命中率减半",
            "门槛 cache-l1、cache-l2；成本黄",
            "glancy.cache.mode=l2_prio，直到缓存变热（§5.2）"
        ),
        [Faults.QuotaMismatch] = (
            "4 % 的配额响应头与正文不一致，quota_ledger 缺条目",
            "HK-04 红；quota_daily 不等于流水之和",
            "关掉它，再对账（§5.3.3）"
        ),
        [Faults.Throttle] = (
            "少数客户端猛打，耗尽公共令牌桶：4 % 的请求被 429 拒绝",
            "HK-04 红；0.5 时黄",
            "glancy.ratelimit.user_rpm=150 压住它们（§5.2）"
        ),
        [Faults.SubscriptionLag] = (
            "支付回调同步慢六倍，3 % 丢失",
            "HK-05 红；subscription.updated 堆积",
            "'act poller on'（§5.2）"
        ),
        [Faults.RumSlow] = ("页面首屏慢 1.8 倍，与版本无关", "HK-02 红", "回滚治不好"),
        [Faults.FreeSlow] = (
            "Free 用户慢 2.4 倍",
            "slo-lookup 红；REL-B3 的门槛 free-p95",
            "glancy.plan.free.enabled=false（§4.1）"
        ),
        [Faults.RegenerateSlow] = ("/regenerate 慢 1.8 倍", "slo-regenerate 红", "glancy.regenerate.enabled=false"),
        [Faults.TrafficSurge] = (
            "来访多 80 %",
            "upstream_concurrency_ratio、queue_wait_seconds、成本黄",
            "'act scale lookup-bff 16' 与 'act scale llm-adapter 12'（§6.1）"
        ),
        [Faults.LanguagePairs] = ("新增语言对有 3 % 在新版本上查不到词条", "REL-B2 的门槛 language-pairs", "回滚"),
        [Faults.HistoryErrors] = ("历史记录请求有 2 % 失败", "REL-B2 的门槛 history", "回滚"),
        [Faults.DeleteSlow] = ("逻辑删除慢四倍", "REL-B3 的门槛 logical-delete", "退一阶"),
        [Faults.BillingDrift] = ("2 % 的账单与镜像不一致", "REL-B2 的门槛 billing-mirror", "退一阶"),
        [Faults.ExportBacklog] = (
            "导出请求是平时的三倍",
            "export_queue_depth、exports:pending、导出交付 P95",
            "'act scale export-worker 48'（§5.3.1），或 glancy.exports.low_priority=false"
        ),
        [Faults.ExportStuck] = (
            "十个导出 worker 有九个卡在任务中间",
            "export_queue_depth；任务运行了几分钟",
            "'act restart export-worker'，再重试当时在跑的（§5.3.1）"
        ),
        [Faults.ExportFailures] = (
            "6 % 的导出彻底失败",
            "export_jobs failed、exports:dead",
            "关掉它，再重试失败的行（§5.3.1）；glancy.exports.enabled=false 止血"
        ),
        [Faults.StreamingLoss] = (
            "WSS 下发的分段丢失 1.5 %",
            "streaming_segments_total",
            "'act restart streaming-gateway'，或 glancy.streaming.transport=http_polling（§5.2）"
        ),
        [Faults.BackupMissing] = (
            "没有备份在跑",
            "backup_age_seconds、backup_runs",
            "'act backup <kind>' 手动做一次（§3）"
        ),
        [Faults.ReplicationLag] = (
            "对象与数据库的副本晚几分钟",
            "object_replication_lag_seconds、pg_replication_lag_seconds",
            "只能等"
        ),
        [Faults.MetricsGap] = ("页面浏览与订阅的指标停了", "5 分钟后 HK-02、HK-05 未知", "只能等"),
        [Faults.MetricsBlackout] = ("所有指标都停了", "5 分钟后每个钩子都未知", "只能等"),
        [Faults.ScriptHangs] = ("rollback_stage.sh 在切流之前卡住", "操作等待，然后不知道是否生效", "关掉它就继续"),
        [Faults.ScriptFails] = ("rollback_stage.sh 在切流之前失败", "退出码 1，什么都没变", "关掉它再重试"),
    };

    public static (string Does, string Shows, string Cure)? Of(string name) =>
        Words.TryGetValue(name, out var words) ? words : null;
}
