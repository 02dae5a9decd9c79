-- Two who change shifts (C1, §1.1): one proposes, the other accepts, and then each has an override for the other's shift.
create table glancy.roster_swap (
  id          bigint generated always as identity primary key,
  by_person   text not null,
  with_person text not null check (with_person <> by_person),
  give_role   text not null,
  give_from   timestamptz not null,
  give_to     timestamptz not null,
  -- Null where nothing is taken in return.
  take_role   text,
  take_from   timestamptz,
  take_to     timestamptz,
  reason      text not null,
  at          timestamptz not null,
  ended_at    timestamptz,
  ended_by    text,
  accepted    boolean,
  check ((take_role is null) = (take_from is null) and (take_role is null) = (take_to is null)),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (accepted is null))
);
grant select, insert, update (ended_at, ended_by, accepted) on glancy.roster_swap to glancy_bot;

alter table glancy.roster_override drop constraint roster_override_kind_check;
alter table glancy.roster_override add constraint roster_override_kind_check check (kind in ('take-over', 'override', 'swap'));
