-- Who holds a role for a while, beside what the runbook's roster says and stronger than it; the newest entry is the strongest (§1.1, C1).
create table glancy.roster_override (
  id        bigint generated always as identity primary key,
  kind      text not null check (kind in ('take-over', 'override')),
  role      text not null,
  person    text not null,
  from_at   timestamptz not null,
  to_at     timestamptz not null check (to_at > from_at),
  reason    text not null,
  by_person text not null,
  at        timestamptz not null,
  -- Given back before its time.
  ended_at  timestamptz,
  ended_by  text,
  check ((ended_at is null) = (ended_by is null))
);
create index roster_override_to on glancy.roster_override (to_at) where ended_at is null;
grant select, insert, update (ended_at, ended_by) on glancy.roster_override to glancy_bot;
