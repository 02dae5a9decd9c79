-- Who said it, and in which lane: 0 changes something or confirms it, 1 only reads. A click never waits behind reads, and nobody's waiting is endless.
alter table glancy.slack_inbox add column person text not null default '', add column lane int not null default 1 check (lane in (0, 1));
create index slack_inbox_finished on glancy.slack_inbox (finished_at) where finished_at is not null;

-- What Slack last said of somebody, for when it cannot be asked. Times are this database's.
create table glancy.slack_member (
  user_id text primary key,
  member  boolean not null,
  locale  text,
  seen_at timestamptz not null default now()
);
grant select, insert, update on glancy.slack_member to glancy_bot;
