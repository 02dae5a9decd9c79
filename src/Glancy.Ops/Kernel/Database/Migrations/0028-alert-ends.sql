-- What Alertmanager itself says when it is asked (C4, §5.2): an end that nobody tells of is found by asking, never by guessing.
alter table glancy.alert
  -- The end that was heard before it fired again under the same beginning; an end no later than this is an old word.
  add column ended_before  timestamptz,
  -- The Alertmanager that is asked has listed it: only then does it mean something that it lists it no more.
  add column listed        boolean not null default false,
  -- A delivery said too little to tell whether it still fires; Alertmanager is to be asked.
  add column doubted_at    timestamptz,
  -- It was asked and gave no answer: since then nobody knows.
  add column unknown_since timestamptz;
create index alert_firing on glancy.alert (group_id) where status = 'firing';
create index alert_heard on glancy.alert (heard_at);

-- Who told of the group, as it calls itself.
alter table glancy.alert_group add column source text not null default '';
-- Those of whose alerts the one that is asked has listed some: they are it, or of its cluster.
create table glancy.alert_source (
  source    text primary key,
  listed_at timestamptz not null default now()
);
grant select, insert on glancy.alert_source to glancy_bot;

-- What is measured or told again and again is not kept for ever.
grant delete on glancy.hook_snapshot, glancy.alert, glancy.alert_silence, glancy.alert_group to glancy_bot;
create index alert_group_over on glancy.alert_group (resolved_at) where resolved_at is not null;
