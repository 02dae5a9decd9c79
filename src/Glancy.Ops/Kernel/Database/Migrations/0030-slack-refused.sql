-- Which kinds of block the workspace refused, and when: for a day they are sent as words at once. Times are this database's.
create table glancy.slack_refused (
  kind text primary key,
  at   timestamptz not null default now()
);
grant select, insert, update on glancy.slack_refused to glancy_bot;
