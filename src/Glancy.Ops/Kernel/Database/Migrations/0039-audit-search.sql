-- Searches of the trail go newest first and end when a page is full, however many events there are: each filter has its events in their order.
drop index glancy.audit_document;
create index audit_actor on glancy.audit ((document ->> 'actor'), seq);
create index audit_action on glancy.audit ((document ->> 'action'), seq);
create index audit_actor_action on glancy.audit ((document ->> 'actor'), (document ->> 'action'), seq);
create index audit_run on glancy.audit ((document ->> 'run'), seq) where document ->> 'run' is not null;

-- Events are numbered as they are committed and timed before, so that the time goes up with the number but for moments. Those that are ten minutes
-- or more behind one before them are written down: without them a period is a piece of the numbers.
create table glancy.audit_late (
  seq bigint primary key
);
insert into glancy.audit_late (seq)
  select seq from (
    select seq, at, max(at) over (order by seq rows between unbounded preceding and 1 preceding) as reached from glancy.audit
  ) a where at < reached - interval '10 minutes';
grant select, insert on glancy.audit_late to glancy_bot;

create or replace function glancy.append_audit(p_at timestamptz, p_body bytea, p_document jsonb)
returns table (appended_seq bigint, appended_hash bytea)
language plpgsql as $$
declare
  head_seq  bigint;
  head_hash bytea;
  reached   timestamptz;
begin
  -- 0x676c616e6379 spells the name; held to the end of the transaction so that seq has no gap.
  perform pg_advisory_xact_lock(113672023835513);
  select a.seq, a.hash into head_seq, head_hash from glancy.audit a order by a.seq desc limit 1;
  if head_seq is null then
    head_seq := 0;
    head_hash := sha256('glancy.audit'::bytea);
  end if;
  select max(a.at) into reached from glancy.audit a;
  return query
    insert into glancy.audit as a (seq, at, body, hash, document)
    values (head_seq + 1, p_at, p_body, sha256(head_hash || int8send(head_seq + 1) || p_body), p_document)
    returning a.seq, a.hash;
  if p_at < reached - interval '10 minutes' then
    insert into glancy.audit_late (seq) values (head_seq + 1);
  end if;
end $$;
