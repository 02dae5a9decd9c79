-- What the bot touches of the product's own database (§8, §2.3, §7.3). Run by its owner.
create table release_batches (
    id           bigserial primary key,
    batch        text not null,
    kind         text not null check (kind in ('promote', 'rollback-draft', 'rollback')),
    weight       numeric,
    state        text,
    run          text,
    hk_snapshot  jsonb,
    drafted_at   timestamptz,
    confirmed_at timestamptz,
    finished_at  timestamptz,
    note         text,
    created_at   timestamptz not null default now()
);

create table audit_events (
    id        bigserial primary key,
    event_key text unique,
    at        timestamptz not null,
    actor     text,
    action    text,
    target    text,
    "before"  text,
    "after"   text,
    command   text,
    run       text,
    incident  text,
    source    text
);
create index audit_events_at on audit_events (at);

-- Keyed effects of the bot leave their mark in the same transaction; the fence keeps the highest epoch of a run.
create table glancy_effect_marker (
    key        text primary key,
    run        text not null,
    epoch      bigint not null,
    applied_at timestamptz not null
);

create table glancy_effect_fence (
    run   text primary key,
    epoch bigint not null
);

create table slo_error_budget (
    metric        text not null,
    window_start  timestamptz not null,
    error_minutes numeric not null
);

create table capacity_events (
    id       bigserial primary key,
    at       timestamptz not null,
    deploy   text not null,
    "before" int,
    "after"  int,
    run      text,
    note     text
);

-- §5.3.1: exports. The queue itself is a list in Redis, exports:pending.
create table export_jobs (
    job_id        text primary key,
    user_id       text not null,
    priority      text not null default 'normal' check (priority in ('normal', 'low')),
    status        text not null default 'pending' check (status in ('pending', 'running', 'done', 'failed')),
    error_message text,
    attempts      int not null default 0,
    requested_at  timestamptz not null,
    execute_after timestamptz not null,
    started_at    timestamptz,
    finished_at   timestamptz
);
create index export_jobs_requested_at on export_jobs (requested_at);
create index export_jobs_unfinished on export_jobs (status) where status <> 'done';

create table export_requeue (
    job_id text primary key
);

-- §5.3.1: a job that somebody sets back to pending is put into the queue again by the product.
create function export_jobs_requeue() returns trigger language plpgsql security definer set search_path = public as $$
begin
    insert into export_requeue (job_id) values (new.job_id) on conflict do nothing;
    return null;
end
$$;
create trigger export_jobs_requeue after update of status on export_jobs for each row
    when (old.status in ('failed', 'running') and new.status = 'pending') execute function export_jobs_requeue();

-- §5.3.3: what a user has used today, and the entries that it is the sum of.
create table quota_daily (
    user_id            text not null,
    metric             text not null,
    quota_date_local   date not null,
    used_value         bigint not null,
    last_reconciled_at timestamptz,
    deleted_at         timestamptz,
    primary key (user_id, metric, quota_date_local)
);

create table quota_ledger (
    id               bigserial primary key,
    user_id          text not null,
    metric           text not null,
    quota_date_local date not null,
    delta            bigint not null,
    reason           text not null,
    trace_id         text,
    created_at       timestamptz not null
);
create index quota_ledger_of on quota_ledger (user_id, metric, quota_date_local);

-- §5.2: what was paid, and since when it is granted; synced_at is null while the event waits in subscription.updated.
create table subscriptions (
    subscription_id text primary key,
    last_event      text not null,
    plan            text not null,
    kind            text not null,
    paid_at         timestamptz not null,
    synced_at       timestamptz,
    synced_by       text,
    error           text
);
create index subscriptions_unsynced on subscriptions (paid_at) where synced_at is null;

-- §2.5
create table backup_runs (
    id          bigserial primary key,
    kind        text not null,
    started_at  timestamptz not null,
    finished_at timestamptz not null,
    location    text not null,
    size_bytes  bigint not null
);
create index backup_runs_newest on backup_runs (kind, finished_at desc);

-- §5.2: each time the burn of five minutes passes a limit of the daily budget.
create table budget_events (
    id         bigserial primary key,
    at         timestamptz not null,
    level      numeric not null,
    burn       numeric not null,
    spend_yuan numeric not null
);

grant usage on schema public to glancy_ops;
grant select, insert, update on release_batches to glancy_ops;
grant select, insert on audit_events to glancy_ops;
grant select, insert, update on glancy_effect_marker, glancy_effect_fence to glancy_ops;
grant select on slo_error_budget, capacity_events to glancy_ops;
grant select on export_jobs, quota_daily, quota_ledger, subscriptions, backup_runs, budget_events to glancy_ops;
grant usage on sequence release_batches_id_seq, audit_events_id_seq to glancy_ops;
