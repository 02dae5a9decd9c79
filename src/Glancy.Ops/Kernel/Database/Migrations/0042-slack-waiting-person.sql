-- How much of a person's waits is counted for every delivery. While next to nothing waits, another index of what waits looks as good to the server, and the plan
-- stays: so this one is of an expression that no other has.
create index slack_inbox_waiting_person on glancy.slack_inbox ((case when finished_at is null then person end), lane)
 where (case when finished_at is null then person end) is not null;
drop index glancy.slack_inbox_person;
