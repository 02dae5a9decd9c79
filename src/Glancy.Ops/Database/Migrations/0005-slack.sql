-- What Slack has delivered, written down before it is acknowledged. Times are this database's: the world's clock may stand still.
-- Raw bodies hold addresses to answer to, so finished rows are cleared away after a day.
create table glancy.slack_inbox (
  id          bigint generated always as identity primary key,
  dedupe_key  text not null unique,
  kind        text not null check (kind in ('Command', 'Interaction', 'Event')),
  raw_body    text not null,
  received_at timestamptz not null default now(),
  attempts    int not null default 0,
  owner       text,
  lease_until timestamptz,
  finished_at timestamptz
);
create index slack_inbox_waiting on glancy.slack_inbox (id) where finished_at is null;
grant select, insert, update, delete on glancy.slack_inbox to glancy_bot;
