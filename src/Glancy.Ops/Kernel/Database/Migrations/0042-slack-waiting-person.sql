-- How much of a person's waits is counted for every delivery. Where the server last looked on a day when nothing waited, it takes another index of what waits
-- for as good, and reads all of a flood: so this one is of an expression that no other has.
create index slack_inbox_waiting_person on glancy.slack_inbox ((case when finished_at is null then person end), lane)
 where (case when finished_at is null then person end) is not null;
drop index glancy.slack_inbox_person;
