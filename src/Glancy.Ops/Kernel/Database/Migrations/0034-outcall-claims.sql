-- When a call was given up: it is listed until somebody takes it up again by hand. By this database's clock.
alter table glancy.outcall add column given_up_at timestamptz;
update glancy.outcall set given_up_at = next_at where state = 'given-up';
create index outcall_given_up on glancy.outcall (given_up_at) where given_up_at is not null;
grant update (given_up_at) on glancy.outcall to glancy_bot;
