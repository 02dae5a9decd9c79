-- How often in a row Slack has refused a notice, or it could not be brought there at all: one that fails time and again is given up.
alter table glancy.slack_post add column refusals int not null default 0;
