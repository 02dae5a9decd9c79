-- What Alertmanager told, as it was told (C4, §5.2). A group is told of under one key again and again; each row here is one stretch of it, from
-- its first alert until it has been quiet for long enough, and has a card of its own or stands on a storm's.
create table glancy.alert_storm (
  id        bigint generated always as identity primary key,
  opened_at timestamptz not null,
  last_at   timestamptz not null
);
grant select, insert, update (last_at) on glancy.alert_storm to glancy_bot;

create table glancy.alert_group (
  id            bigint generated always as identity primary key,
  group_key     text not null,
  receiver      text not null,
  group_labels  jsonb not null,
  common_labels jsonb not null,
  -- Alerts that Alertmanager had and did not send.
  truncated     int not null default 0,
  opened_at     timestamptz not null,
  resolved_at   timestamptz,
  -- none: only its end was ever heard.
  card          text not null check (card in ('own', 'storm', 'none')),
  storm_id      bigint references glancy.alert_storm,
  -- What the SOP's measures said last, as the card shows it.
  reading       jsonb not null default '[]',
  read_at       timestamptz,
  readings      int not null default 0,
  read_due_at   timestamptz,
  verified_at   timestamptz,
  check ((card = 'storm') = (storm_id is not null))
);
-- A key holds labels and may be longer than an index takes.
create index alert_group_key on glancy.alert_group (md5(group_key), id);
create index alert_group_due on glancy.alert_group (read_due_at) where read_due_at is not null;
create index alert_group_opened on glancy.alert_group (opened_at);
create index alert_group_storm on glancy.alert_group (storm_id) where storm_id is not null;
grant select, insert, update on glancy.alert_group to glancy_bot;

create table glancy.alert (
  group_id      bigint not null references glancy.alert_group,
  fingerprint   text not null,
  starts_at     timestamptz not null,
  status        text not null check (status in ('firing', 'resolved')),
  ends_at       timestamptz,
  labels        jsonb not null,
  annotations   jsonb not null,
  generator_url text not null,
  -- By this database's clock: what is late is late on the network.
  heard_at      timestamptz not null default clock_timestamp(),
  primary key (group_id, fingerprint, starts_at)
);
grant select, insert, update on glancy.alert to glancy_bot;

-- A silence of Alertmanager that somebody asked for. asked: sent, and what came of it is not known; it is looked for by its token.
create table glancy.alert_silence (
  id         bigint generated always as identity primary key,
  group_id   bigint not null references glancy.alert_group,
  token      uuid not null default gen_random_uuid(),
  silence_id text,
  state      text not null check (state in ('asked', 'stands', 'ended', 'lifted', 'refused')),
  matchers   jsonb not null,
  asked_at   timestamptz not null,
  -- By this database's clock: until the request has surely ended, nobody looks for what came of it.
  sent_at    timestamptz not null default clock_timestamp(),
  ends_at    timestamptz not null,
  reason     text not null,
  person     text not null,
  role       text not null,
  ended_by   text,
  check (state <> 'stands' or silence_id is not null)
);
create unique index alert_silence_open on glancy.alert_silence (group_id) where state in ('asked', 'stands');
grant select, insert, update (state, silence_id, ended_by) on glancy.alert_silence to glancy_bot;
