-- Claims on a run since something last came of one, how long it rests after a failure, and why; by this database's clock.
alter table glancy.run
  add column attempts int not null default 0,
  add column next_at  timestamptz,
  add column trouble  text;

-- What comes round again is never given up, since nobody else does it: it rests the longer, the oftener it failed.
alter table glancy.duty
  alter column lease_until drop not null,
  add column epoch    bigint not null default 0,
  add column attempts int not null default 0,
  add column next_at  timestamptz,
  add column trouble  text;
