-- The picture on the card of a run that the bot drafted because a hook was red. for_run and for_end say what is to be drawn, and done that it was,
-- or was given up; file is Slack's name of the newest picture and facts what it shows. tries counts the drawing, refusals the showing.
-- Times are this database's: the world's clock may stand still.
create table glancy.slack_chart (
  notice_key  text primary key,
  for_run     bigint not null,
  for_end     boolean not null,
  tries       int not null default 1,
  done        boolean not null default false,
  file        text,
  facts       jsonb,
  refusals    int not null default 0,
  show_at     timestamptz not null default now(),
  claim       int not null default 1,
  owner       text,
  lease_until timestamptz,
  next_at     timestamptz not null default now()
);
grant select, insert, update on glancy.slack_chart to glancy_bot;

-- Which picture the message has; empty for none.
alter table glancy.slack_post add column chart text not null default '';
