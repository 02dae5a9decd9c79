-- Versions of the runbook (rule 12). A version is never changed, so the bot's role may only read and add.
create table glancy.runbook_version (
  version   text primary key,
  -- Path to text. Not jsonb: that would refuse a NUL character, which a file may hold.
  files     json not null,
  stored_at timestamptz not null,
  stored_by text not null
);
grant select, insert on glancy.runbook_version to glancy_bot;

-- The one in force, since when by the world clock; the number counts activations.
create table glancy.runbook_active (
  one     boolean primary key default true check (one),
  version text not null references glancy.runbook_version,
  since   timestamptz not null,
  number  bigint not null
);
grant select, insert, update on glancy.runbook_active to glancy_bot;

-- What each replica has on its disk, by this database's clock. Rows of replicas that are gone are cleared away.
create table glancy.runbook_replica (
  replica       text primary key,
  version       text references glancy.runbook_version,
  problems      json not null,
  -- SHA-256 of the written runbook beside it; empty when it cannot be read, null when none is watched.
  source_sha256 text,
  seen_at       timestamptz not null,
  changed_at    timestamptz not null
);
grant select, insert, update, delete on glancy.runbook_replica to glancy_bot;
