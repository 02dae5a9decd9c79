-- A red light that no run stands for is nobody's (rule 8): since when, why the bot drafts nothing, and when people were asked.
alter table glancy.episode
  add column alone_since timestamptz,
  add column no_draft    jsonb,
  add column asked       int not null default 0,
  add column asked_at    timestamptz,
  add check (alone_since is not null or (no_draft is null and asked = 0 and asked_at is null));

-- Numbers that people read have no gaps: a sequence keeps what a refused draft took, and skips up to 32 when the server crashes. The lock
-- ends with the transaction, so what is rolled back leaves nothing; the newest row of these tables is never deleted, so no number comes
-- twice, which the keys of effects rest upon.
create function glancy.next_number(p_table regclass) returns bigint language plpgsql as $$
declare
  number bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('glancy number ' || p_table::oid, 0));
  -- A statement of its own, after the lock: it sees what the holder before has committed.
  execute format('select coalesce(max(id), 0) + 1 from %s', p_table) into number;
  return number;
end $$;
revoke all on function glancy.next_number(regclass) from public;
grant execute on function glancy.next_number(regclass) to glancy_bot;

alter table glancy.run alter column id drop identity;
alter table glancy.run alter column id set default glancy.next_number('glancy.run');
alter table glancy.lease alter column id drop identity;
alter table glancy.lease alter column id set default glancy.next_number('glancy.lease');
alter table glancy.follow_up alter column id drop identity;
alter table glancy.follow_up alter column id set default glancy.next_number('glancy.follow_up');
alter table glancy.alert_group alter column id drop identity;
alter table glancy.alert_group alter column id set default glancy.next_number('glancy.alert_group');
alter table glancy.roster_override alter column id drop identity;
alter table glancy.roster_override alter column id set default glancy.next_number('glancy.roster_override');
alter table glancy.roster_swap alter column id drop identity;
alter table glancy.roster_swap alter column id set default glancy.next_number('glancy.roster_swap');
