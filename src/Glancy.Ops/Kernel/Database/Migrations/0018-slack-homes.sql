-- Who has looked at the app's Home, and what it shows there: the hash of its blocks, so that it is published anew only when something has changed.
create table glancy.slack_home (
  user_id   text primary key,
  opened_at timestamptz not null default now(),
  shown     text not null default ''
);
grant select, insert, update on glancy.slack_home to glancy_bot;
