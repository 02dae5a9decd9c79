-- Incidents (§5.1) and the uses of break-glass that they have to answer for (rule 5).
create table glancy.incident (
  id           text primary key,
  -- The Shanghai day of the opening and the number within it, which have no gaps; the id spells both.
  day          date not null,
  number       int not null check (number > 0),
  severity     int not null check (severity between 1 and 3),
  title        text not null,
  opened_at    timestamptz not null,
  opened_by    text not null,
  closed_at    timestamptz,
  closed_by    text,
  close_reason text,
  unique (day, number),
  check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (close_reason is null))
);
create index incident_open on glancy.incident (opened_at) where closed_at is null;
grant select, insert, update (closed_at, closed_by, close_reason) on glancy.incident to glancy_bot;

-- Which incident a run works for; null for most.
alter table glancy.run add column incident_id text references glancy.incident;

create table glancy.break_glass (
  run_id      bigint primary key references glancy.run,
  person      text not null,
  role        text not null,
  waived      text[] not null check (cardinality(waived) > 0),
  reason      text not null,
  at          timestamptz not null,
  reviewed_at timestamptz,
  reviewed_by text check (reviewed_by <> person),
  review_role text,
  review_note text,
  check ((reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (review_role is null) and (reviewed_at is null) = (review_note is null))
);
grant select, insert, update (reviewed_at, reviewed_by, review_role, review_note) on glancy.break_glass to glancy_bot;
