-- Leases stack on their target; how one ended is kept.
alter table glancy.lease
  add column recovers  text[] not null default '{}',
  -- The hooks as the watcher saw them last before the change: what "worse" is measured against.
  add column lights    jsonb,
  add column remind_at timestamptz,
  add column reminders int not null default 0,
  add column ended_how text check (ended_how in ('Reverted', 'Released', 'Kept')),
  add column ended_by  text,
  add column ended_run bigint references glancy.run,
  add check ((released_at is null) = (ended_how is null));
create index lease_open on glancy.lease (target, id) where released_at is null;
