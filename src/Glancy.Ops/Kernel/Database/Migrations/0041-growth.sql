-- What is asked again and again is asked of the rows that it is about, however many runs and notices lie behind.
create index run_waiting on glancy.run (id) where state in ('Draft', 'AwaitingSecond');
create index run_finished on glancy.run (finished_at) where finished_at is not null;
create index run_of_episode on glancy.run (episode_id) where episode_id is not null;
create index run_of_incident on glancy.run (incident_id) where incident_id is not null;
create index episode_of_run on glancy.episode (run_id) where run_id is not null;
create index notice_at on glancy.notice (at);
