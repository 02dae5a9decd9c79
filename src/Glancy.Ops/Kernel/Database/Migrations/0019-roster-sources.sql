-- Roles that are kept elsewhere (§1.1). A hearing is a time in which a source counts: from when it was first heard until nobody has heard it for
-- too long. A turn is never rewritten: one that somebody else takes over ends when that was seen, one to come that is gone is marked so.
create table glancy.roster_hearing (
  id            bigint generated always as identity primary key,
  role          text not null,
  source        text not null,
  from_at       timestamptz not null,
  heard_at      timestamptz not null,
  trusted_until timestamptz not null,
  known_until   timestamptz
);
create index roster_hearing_newest on glancy.roster_hearing (role, source, id desc);
create table glancy.roster_turn (
  id      bigint generated always as identity primary key,
  role    text not null,
  source  text not null,
  person  text not null,
  from_at timestamptz not null,
  to_at   timestamptz,
  seen_at timestamptz not null,
  gone_at timestamptz
);
create index roster_turn_of on glancy.roster_turn (role, source, to_at);
grant select, insert, update on glancy.roster_hearing, glancy.roster_turn to glancy_bot;
