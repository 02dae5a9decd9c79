-- Who has an incident in hand, since when somebody is called for it, and what happened in it (C2, C3, §1.2, §5.1).
alter table glancy.incident
  add column acked_at  timestamptz,
  add column acked_by  text,
  add column commander text,
  add check ((acked_at is null) = (acked_by is null));
grant update (severity, acked_at, acked_by, commander) on glancy.incident to glancy_bot;

-- The clock of an incident, by the world clock. An incident that was opened before there were clocks has none, and nobody is called for it.
create table glancy.escalation (
  incident_id text primary key references glancy.incident,
  -- The clock started then: at the opening, and anew when it was raised.
  since  timestamptz not null,
  -- Which step of the runbook's chain is called next; behind the last one the chain has ended.
  step   int not null default 0 check (step >= 0),
  -- Calls so far, over all starts of the clock.
  calls  int not null default 0 check (calls >= 0),
  -- When the next is called; null when nobody is, because it is acknowledged, closed, or left to PagerDuty.
  due_at timestamptz
);
create index escalation_due on glancy.escalation (due_at) where due_at is not null;
grant select, insert, update on glancy.escalation to glancy_bot;

-- What happened in an incident, as it happened; never changed.
create table glancy.incident_event (
  seq         bigint generated always as identity primary key,
  incident_id text not null references glancy.incident,
  at          timestamptz not null,
  actor       text not null,
  kind        text not null,
  detail      jsonb not null default '{}'
);
create index incident_event_of on glancy.incident_event (incident_id, seq);
grant select, insert on glancy.incident_event to glancy_bot;

insert into glancy.incident_event (incident_id, at, actor, kind)
select id, opened_at, opened_by, 'opened' from glancy.incident order by opened_at, id;
insert into glancy.incident_event (incident_id, at, actor, kind, detail)
select id, closed_at, closed_by, 'closed', jsonb_build_object('reason', close_reason) from glancy.incident where closed_at is not null order by closed_at, id;

-- A notice may be for one person instead of the channel.
alter table glancy.notice drop constraint notice_kind_check;
alter table glancy.notice add constraint notice_kind_check check (kind in ('card', 'post', 'page', 'output', 'direct'));
