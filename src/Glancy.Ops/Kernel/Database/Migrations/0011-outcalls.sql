-- What is told outside Slack about an incident (C2): written with the step that calls, delivered by a worker.
create table glancy.outcall (
  id          bigint generated always as identity primary key,
  incident_id text not null references glancy.incident,
  service     text not null,
  -- call: a person is called; the others are PagerDuty's.
  action      text not null check (action in ('call', 'trigger', 'acknowledge', 'resolve')),
  person      text,
  -- Until when the person should acknowledge, by the world clock, like made_at.
  until_at    timestamptz,
  made_at     timestamptz not null,
  state       text not null default 'waiting' check (state in ('waiting', 'delivered', 'given-up', 'dropped')),
  attempts    int not null default 0,
  trouble     text,
  -- Judged by this database's clock: the other side's time is real.
  next_at     timestamptz not null default now(),
  claim       int not null default 0,
  owner       text,
  lease_until timestamptz,
  check ((action = 'call') = (person is not null) and (action = 'call') = (until_at is not null))
);
create index outcall_waiting on glancy.outcall (next_at) where state = 'waiting';
create index outcall_of on glancy.outcall (incident_id, service, id);
grant select, insert, update (state, attempts, trouble, next_at, claim, owner, lease_until) on glancy.outcall to glancy_bot;

-- Links by which somebody who was called acknowledges. Only the hash is kept: who reads the database cannot press them.
create table glancy.ack_link (
  hash        bytea primary key,
  incident_id text not null references glancy.incident,
  person      text not null,
  -- By the world clock.
  made_at     timestamptz not null,
  expires_at  timestamptz not null
);
create index ack_link_of on glancy.ack_link (incident_id);
grant select, insert, update (expires_at) on glancy.ack_link to glancy_bot;
