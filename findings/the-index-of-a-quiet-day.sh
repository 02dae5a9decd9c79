#!/usr/bin/env bash
# PostgreSQL's planner (17.5, as PGlite 0.3.14 from npm): a queue table that remembers what is done, with two partial indexes of what is open, one by lane and
# number, one by person. ANALYZE ran on a quiet day, when nothing was open.
# Seen: a count of one person's open rows goes along the index by lane - with no open rows expected, both cost the same - and still does so when 2,000 rows
# have come, 1,999 of which it reads and throws away, though the planner knows by then how large both indexes have grown. So each arrival of a flood reads
# the flood, prepared or not, until somebody analyzes; then one row is read.
# An index of an expression that only this question uses, (case when done_at is null then person end), leaves no other choice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @electric-sql/pglite@0.3.14 >/dev/null
cat > look.mjs <<'JS'
import { PGlite } from '@electric-sql/pglite';
const db = await PGlite.create();
const by = async (name, person) => {
  const words = `select count(done_at) from inbox where ${person} = 'q7' and lane = 1`;
  const plan = (await db.query(`explain (analyze, costs off, timing off, summary off) ${words}`)).rows.map(r => r['QUERY PLAN']).join('\n');
  console.log(`${name}: ${plan.match(/(?:using|Bitmap Index Scan on) (\w+)/)?.[1] ?? plan}, ${plan.match(/Removed by Filter: (\d+)/)?.[1] ?? 0} rows read in vain`);
};
const open = 'done_at is null and person';
await db.exec(`
  create table inbox (id bigint generated always as identity primary key, person text not null, lane int not null default 1, done_at timestamptz);
  create index by_lane on inbox (lane, id) where done_at is null;
  create index by_person on inbox (person, lane) where done_at is null;
  insert into inbox (person, done_at) select 'p' || n, now() from generate_series(1, 2000) n;
  analyze inbox;
  insert into inbox (person) select 'q' || n from generate_series(1, 2000) n`);
await by('after the flood', open);
await db.exec(`
  create index by_waiting on inbox ((case when done_at is null then person end), lane) where (case when done_at is null then person end) is not null`);
await by('by an expression', '(case when done_at is null then person end)');
await db.exec(`drop index by_waiting; analyze inbox`);
await by('analyzed', open);
JS
seen=$(node look.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'after the flood: by_lane, 1999 rows read in vain
by an expression: by_waiting, 0 rows read in vain
analyzed: by_person, 0 rows read in vain' ] || { echo 'changed' >&2; exit 1; }
