-- What is next of a lane, and how much of a person's waits there, are asked for every delivery: both without reading what else waits.
create index slack_inbox_next on glancy.slack_inbox (lane, id) where finished_at is null;
create index slack_inbox_person on glancy.slack_inbox (person, lane) where finished_at is null;
drop index glancy.slack_inbox_waiting;
