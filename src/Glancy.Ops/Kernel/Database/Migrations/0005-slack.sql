-- What Slack has delivered, written down before it is acknowledged, and the answer to it before that is sent: a replica that takes over
-- sends the same answer and does not run the command again. Times are this database's: the world's clock may stand still.
-- Bodies and answers hold addresses to answer to, so both are emptied when it is finished, and the row goes a day later.
create table glancy.slack_inbox (
  id          bigint generated always as identity primary key,
  dedupe_key  text not null unique,
  kind        text not null check (kind in ('Command', 'Interaction', 'Event')),
  raw_body    text not null,
  received_at timestamptz not null default now(),
  attempts    int not null default 0,
  answers     text,
  sends       int not null default 0,
  next_at     timestamptz not null default now(),
  owner       text,
  lease_until timestamptz,
  finished_at timestamptz
);
create index slack_inbox_waiting on glancy.slack_inbox (id) where finished_at is null;
grant select, insert, update, delete on glancy.slack_inbox to glancy_bot;

-- Where a notice stands in Slack. ts is Slack's name of the message; before a post is sent, begun_after says after which message of ours it
-- will be found if its answer is lost. shown is the notice's revision that Slack has.
create table glancy.slack_post (
  notice_key  text primary key,
  channel     text not null default '',
  ts          text,
  shown       int not null default 0,
  begun_after text,
  doubts      int not null default 0,
  trouble     text,
  skipped     boolean not null default false,
  claim       int not null default 0,
  owner       text,
  lease_until timestamptz,
  next_at     timestamptz not null default now()
);
grant select, insert, update on glancy.slack_post to glancy_bot;
