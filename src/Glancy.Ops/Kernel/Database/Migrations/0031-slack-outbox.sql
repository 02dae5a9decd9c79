-- Which revision of a notice its channel has, or has no use for: with the newest, nobody looks at it any more, however many there are.
alter table glancy.notice add column delivered int not null default 0;
update glancy.notice n set delivered = case when p.skipped then 2147483647 else p.shown end from glancy.slack_post p where p.notice_key = n.key;
create index notice_due on glancy.notice (id) where delivered < revision;
create index notice_card_of on glancy.notice (run_id) where kind = 'card';

-- When Slack last showed something new of it, and the message that it continues because that one can no longer be changed.
alter table glancy.slack_post drop column shown, add column shown_at timestamptz, add column continues text;
create index slack_post_newest on glancy.slack_post (channel, (ts::numeric)) where ts is not null;

-- Which picture the message has; empty for none. A picture that is shown, of a run that has ended, is looked at no more.
alter table glancy.slack_chart add column shown text not null default '';
update glancy.slack_chart c set shown = p.chart from glancy.slack_post p where p.notice_key = c.notice_key;
alter table glancy.slack_post drop column chart;
-- Columns of their own, so that the planner learns how rare such rows are.
alter table glancy.slack_chart
  add column unshown boolean generated always as (file is not null and file <> shown) stored,
  add column unfinished boolean generated always as (not (for_end and done)) stored;
create index slack_chart_unshown on glancy.slack_chart (notice_key) where unshown;
create index slack_chart_unfinished on glancy.slack_chart (notice_key) where unfinished;
