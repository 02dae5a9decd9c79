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

grant usage on schema public to glancy_ops;
grant select, insert, update on release_batches to glancy_ops;
grant select, insert on audit_events to glancy_ops;
grant select, insert, update on glancy_effect_marker, glancy_effect_fence to glancy_ops;
grant select on slo_error_budget, capacity_events to glancy_ops;
grant usage on sequence release_batches_id_seq, audit_events_id_seq to glancy_ops;
