-- Owned by the migrator; the bot's role gets exactly what each table says at the end of its block.
create schema glancy;
grant usage on schema glancy to glancy_bot;

-- The world clock (outside production only): now = least(world + (real - real_at) * rate, horizon).
create table glancy.world_clock (
  one      boolean primary key default true check (one),
  world    timestamptz not null,
  real_at  timestamptz not null,
  rate     double precision not null check (rate >= 0),
  horizon  timestamptz not null
);
grant select, insert, update on glancy.world_clock to glancy_bot;

create table glancy.run (
  id               bigint generated always as identity primary key,
  definition       jsonb not null,
  runbook_version  text not null,
  arguments        jsonb not null,
  plan             jsonb not null,
  plan_hash        text not null,
  keys             text[] not null,
  state            text not null,
  pause            text,
  requested_by     text not null,
  reason           text not null,
  context          jsonb,
  episode_id       bigint,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  confirmed_at     timestamptz,
  effects_ended_at timestamptz,
  finished_at      timestamptz,
  outcome          jsonb,
  abort_requested_by text,
  abort_reason     text,
  superseded_by    bigint,
  -- Distinct persons the confirmation took; asked for once more at the start.
  persons_needed   int,
  anchor           text,
  -- Claiming: who works on it until when, by this database's clock; the epoch fences every write.
  epoch            bigint not null default 0,
  owner            text,
  lease_until      timestamptz,
  -- When it next wants attention, by the world clock; null when it waits for a person or has ended.
  due_at           timestamptz,
  check ((state = 'Paused') = (pause is not null))
);
create index run_due on glancy.run (due_at) where due_at is not null;
create index run_open on glancy.run (state) where finished_at is null;
grant select, insert, update on glancy.run to glancy_bot;

create table glancy.run_step (
  run_id      bigint not null references glancy.run,
  ordinal     int not null,
  id          text not null,
  state       text not null,
  attempt     int not null default 0,
  started_at  timestamptz,
  deadline_at timestamptz,
  finished_at timestamptz,
  not_later_than timestamptz,
  outcome     jsonb,
  evidence    jsonb not null default '{}',
  primary key (run_id, ordinal),
  unique (run_id, id)
);
grant select, insert, update on glancy.run_step to glancy_bot;

create table glancy.run_event (
  run_id bigint not null references glancy.run,
  seq    bigint not null,
  at     timestamptz not null,
  actor  text not null,
  kind   text not null,
  step   text,
  detail jsonb not null,
  primary key (run_id, seq)
);
grant select, insert on glancy.run_event to glancy_bot;

create table glancy.confirmation (
  run_id bigint not null references glancy.run,
  person text not null,
  role   text,
  at     timestamptz not null,
  primary key (run_id, person)
);
grant select, insert on glancy.confirmation to glancy_bot;

create table glancy.lock_key (
  key      text primary key,
  run_id   bigint not null references glancy.run,
  taken_at timestamptz not null
);
grant select, insert, delete on glancy.lock_key to glancy_bot;

create table glancy.freeze (
  train  text primary key,
  since  timestamptz not null,
  by     text not null,
  reason text not null,
  run_id bigint
);
grant select, insert, update, delete on glancy.freeze to glancy_bot;

create table glancy.episode (
  id           bigint generated always as identity primary key,
  hook         text not null,
  first_red_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_light   text not null,
  ended_at     timestamptz,
  run_id       bigint references glancy.run
);
-- One open episode per hook, whoever looks.
create unique index episode_open on glancy.episode (hook) where ended_at is null;
grant select, insert, update on glancy.episode to glancy_bot;

create table glancy.hook_snapshot (
  id              bigint generated always as identity primary key,
  at              timestamptz not null,
  runbook_version text not null,
  readings        jsonb not null
);
create index hook_snapshot_at on glancy.hook_snapshot (at desc);
grant select, insert on glancy.hook_snapshot to glancy_bot;

create table glancy.lease (
  id          bigint generated always as identity primary key,
  target      text not null,
  prior       text not null,
  value       text not null,
  owner       text not null,
  reason      text not null,
  run_id      bigint,
  since       timestamptz not null,
  released_at timestamptz,
  affects     text[] not null,
  unique (run_id, target)
);
grant select, insert, update on glancy.lease to glancy_bot;

create table glancy.notice (
  id        bigint generated always as identity primary key,
  key       text not null unique,
  kind      text not null check (kind in ('card', 'post', 'page')),
  at        timestamptz not null,
  template  text not null,
  arguments jsonb not null,
  run_id    bigint,
  revision  int not null default 1
);
grant select, insert, update on glancy.notice to glancy_bot;

-- One replica does the watching; judged by this database's clock, like row leases.
create table glancy.duty (
  name       text primary key,
  owner      text not null,
  lease_until timestamptz not null,
  looked_at  timestamptz
);
grant select, insert, update on glancy.duty to glancy_bot;

-- The chain (rule 11): select and append only; the function below is the one way in.
create table glancy.audit (
  seq  bigint primary key,
  at   timestamptz not null,
  body bytea not null,
  hash bytea not null,
  -- For searching; the body is what is hashed.
  document jsonb not null
);
create index audit_document on glancy.audit using gin (document jsonb_path_ops);
create index audit_at on glancy.audit (at);
grant select, insert on glancy.audit to glancy_bot;

create function glancy.append_audit(p_at timestamptz, p_body bytea, p_document jsonb)
returns table (appended_seq bigint, appended_hash bytea)
language plpgsql as $$
declare
  head_seq  bigint;
  head_hash bytea;
begin
  -- 0x676c616e6379 spells the name; held to the end of the transaction so that seq has no gap.
  perform pg_advisory_xact_lock(113672023835513);
  select a.seq, a.hash into head_seq, head_hash from glancy.audit a order by a.seq desc limit 1;
  if head_seq is null then
    head_seq := 0;
    head_hash := sha256('glancy.audit'::bytea);
  end if;
  return query
    insert into glancy.audit as a (seq, at, body, hash, document)
    values (head_seq + 1, p_at, p_body, sha256(head_hash || int8send(head_seq + 1) || p_body), p_document)
    returning a.seq, a.hash;
end $$;
revoke all on function glancy.append_audit(timestamptz, bytea, jsonb) from public;
grant execute on function glancy.append_audit(timestamptz, bytea, jsonb) to glancy_bot;
