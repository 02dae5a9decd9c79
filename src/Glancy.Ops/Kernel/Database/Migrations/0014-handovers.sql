-- One handover per change of shift (C5, §3.1); the boundary is the instant at which the shift begins. The first one the bot knows of has no facts:
-- that shift began without it.
create table glancy.handover (
  boundary     timestamptz primary key,
  opened_at    timestamptz not null,
  facts        jsonb,
  accepted_at  timestamptz,
  accepted_by  text,
  clean_at     timestamptz,
  clean_by     text,
  escalated_at timestamptz,
  check ((accepted_at is null) = (accepted_by is null)),
  check ((clean_at is null) = (clean_by is null)),
  check (clean_at is null or accepted_at is not null)
);
grant select, insert, update (accepted_at, accepted_by, clean_at, clean_by, escalated_at) on glancy.handover to glancy_bot;

-- What somebody has to see to after this shift; open ones carry over until they are done.
create table glancy.follow_up (
  id      bigint generated always as identity primary key,
  words   text not null,
  -- A message in the channel that says more; null for none.
  link    text,
  by      text not null,
  at      timestamptz not null,
  -- What it was made of, so that the same message makes one; null for what was typed.
  source  text unique,
  done_at timestamptz,
  done_by text,
  outcome text,
  check ((done_at is null) = (done_by is null))
);
create index follow_up_open on glancy.follow_up (id) where done_at is null;
grant select, insert, update (done_at, done_by, outcome) on glancy.follow_up to glancy_bot;
