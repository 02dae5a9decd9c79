-- Who held each role when it was last looked at, so that a change inside a shift is told once, whoever looks (§1.1).
create table glancy.duty_seen (
  role        text primary key,
  persons     text[] not null,
  overridden  boolean not null,
  shift_start timestamptz not null,
  seen_at     timestamptz not null
);
grant select, insert, update, delete on glancy.duty_seen to glancy_bot;

-- What was left when a shift was taken over, or marked clean: incidents, leases, runs and follow-ups by name, and freeze (§3).
alter table glancy.handover add column left_over text[] not null default '{}';
grant update (left_over) on glancy.handover to glancy_bot;

-- The one card of changes that stand, from when it is first due until none stands any more (rule 7).
create table glancy.lease_card (
  id         bigint generated always as identity primary key,
  opened_at  timestamptz not null,
  revised_at timestamptz not null,
  due_at     timestamptz not null,
  turns      int not null,
  ended_at   timestamptz
);
create unique index lease_card_open on glancy.lease_card ((true)) where ended_at is null;
grant select, insert, update on glancy.lease_card to glancy_bot;

-- The alert of which an incident was made; null for one that was not made of an alert (C3).
alter table glancy.incident add column alert_group bigint references glancy.alert_group;
create index incident_alert on glancy.incident (alert_group) where alert_group is not null;
