-- Deliveries, posts and pictures are claimed like everything that waits: attempts are the claims since it last went well, those whose holder vanished
-- among them; what failed too often is given up, with its last trouble, until somebody takes it up again by hand. Times are this database's.
-- A delivery that was given up keeps its body for a week; the address in it is old by then.
alter table glancy.slack_inbox
  add column claim       int not null default 0,
  add column trouble     text,
  add column given_up_at timestamptz;
create index slack_inbox_given_up on glancy.slack_inbox (given_up_at) where given_up_at is not null;

-- Refusals and failures are attempts like any other.
alter table glancy.slack_post rename column refusals to attempts;
alter table glancy.slack_post add column given_up_at timestamptz;
create index slack_post_given_up on glancy.slack_post (given_up_at) where given_up_at is not null;

alter table glancy.slack_chart rename column tries to attempts;
alter table glancy.slack_chart alter column attempts set default 0;
alter table glancy.slack_chart
  add column trouble     text,
  add column given_up_at timestamptz;
create index slack_chart_given_up on glancy.slack_chart (given_up_at) where given_up_at is not null;
