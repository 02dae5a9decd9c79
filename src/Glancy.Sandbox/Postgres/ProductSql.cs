namespace Glancy.Sandbox.Postgres;

/// <summary>The statements that carry the model's rows: each takes all rows of its kind as one JSON array.</summary>
internal static class ProductSql
{
    public const string ExportJobs = """
        insert into export_jobs (job_id, user_id, priority, status, error_message, attempts, requested_at,
          execute_after, started_at, finished_at)
        select job_id, user_id, priority, status, error_message, attempts, requested_at, execute_after, started_at,
          finished_at
          from jsonb_to_recordset($1) as r(job_id text, user_id text, priority text, status text, error_message text,
            attempts int,
               requested_at timestamptz, execute_after timestamptz, started_at timestamptz, finished_at timestamptz)
        on conflict (job_id) do update
           set status = excluded.status, error_message = excluded.error_message, attempts = excluded.attempts,
               execute_after = excluded.execute_after, started_at = excluded.started_at, finished_at =
                 excluded.finished_at
        """;

    public const string Subscriptions = """
        insert into subscriptions (subscription_id, last_event, plan, kind, paid_at, synced_at, synced_by, error)
        select subscription_id, event, plan, kind, paid_at, synced_at, synced_by, error
          from jsonb_to_recordset($1) as r(subscription_id text, event text, plan text, kind text, paid_at timestamptz,
            synced_at timestamptz, synced_by text, error text)
        on conflict (subscription_id) do update
           set last_event = excluded.last_event, plan = excluded.plan, kind = excluded.kind, paid_at = excluded.paid_at,
               synced_at = excluded.synced_at, synced_by = excluded.synced_by, error = excluded.error
         where subscriptions.paid_at <= excluded.paid_at
        """;

    // Added and not set: a sum that somebody has reconciled stays reconciled.
    public const string QuotaDaily = """
        insert into quota_daily (user_id, metric, quota_date_local, used_value)
        select user_id, metric, quota_date_local, used
          from jsonb_to_recordset($1) as r(user_id text, metric text, quota_date_local date, used bigint)
        on conflict (user_id, metric, quota_date_local) do update set used_value = quota_daily.used_value +
          excluded.used_value
        returning user_id, metric, used_value
        """;

    public const string QuotaLedger = """
        insert into quota_ledger (user_id, metric, quota_date_local, delta, reason, trace_id, created_at)
        select user_id, metric, quota_date_local, delta, 'use', trace_id, created_at
          from jsonb_to_recordset($1) as r(user_id text, metric text, quota_date_local date, delta bigint, trace_id
            text, created_at timestamptz)
        """;

    public const string Backups = """
        insert into backup_runs (kind, started_at, finished_at, location, size_bytes)
        select kind, started_at, finished_at, location, size_bytes
          from jsonb_to_recordset($1) as r(kind text, started_at timestamptz, finished_at timestamptz, location text,
            size_bytes bigint)
        """;

    public const string ErrorBudget = """
        insert into slo_error_budget (metric, window_start, error_minutes)
        select metric, window_start, error_minutes from jsonb_to_recordset($1) as r(metric text, window_start
          timestamptz, error_minutes numeric)
        """;

    public const string BudgetEvents = """
        insert into budget_events (at, level, burn, spend_yuan)
        select at, level, burn, spend_yuan from jsonb_to_recordset($1) as r(at timestamptz, level numeric, burn
          numeric, spend_yuan numeric)
        """;

    public const string Capacity = """
        insert into capacity_events (at, deploy, "before", "after", note)
        select at, deploy, "before", "after", note from jsonb_to_recordset($1) as r(at timestamptz, deploy text,
          "before" int, "after" int, note text)
        """;

    // §2.5: export artefacts are kept for 48 hours.
    public const string Prune = "delete from export_jobs where finished_at < $1 - interval '48 hours'";

    public const string TakeRequeued = "delete from export_requeue returning job_id";
}
