-- Patrols that were done (C6, §3): one row for each instant at which one was due and somebody was there to look.
create table glancy.patrol_run (
  patrol    text not null,
  due_at    timestamptz not null,
  looked_at timestamptz not null,
  result    text not null check (result in ('Green', 'Near', 'Yellow', 'Unknown', 'Red')),
  lines     jsonb not null,
  -- How many before it nobody was there for.
  missed    int not null default 0,
  -- The notice that shows it; the same one for as long as it is not green.
  card      text,
  primary key (patrol, due_at)
);
grant select, insert on glancy.patrol_run to glancy_bot;
