#!/usr/bin/env bash
# cron-parser 5.10.6 against croner 11.0.1 (npm), where clocks go back at midnight itself (America/Havana, 2025-11-02: 00:00 to 00:59 come twice).
# Seen: for "0 0 * * *" cron-parser skips the first midnight and gives the second, for "30 1 * * *" in New York it gives the first 01:30.
# croner gives the first in both. In the hour that is missing in spring they differ too: "30 2 * * *" is 03:30 for cron-parser, 03:00 for croner.
# So a shift boundary at midnight fires an hour later under one scheduler than under the other, on one night a year.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . cron-parser@5.10.6 croner@11.0.1 >/dev/null
cat > look.mjs <<'JS'
import { Cron } from 'croner';
import { CronExpressionParser } from 'cron-parser';
for (const [rule, tz, from] of [
  ['0 0 * * *', 'America/Havana', '2025-11-01T12:00:00Z'],
  ['30 1 * * *', 'America/New_York', '2025-11-01T12:00:00Z'],
  ['30 2 * * *', 'America/New_York', '2025-03-08T12:00:00Z']]) {
  const currentDate = new Date(from);
  const one = CronExpressionParser.parse(rule, { tz, currentDate }).next().toDate();
  const other = new Cron(rule, { timezone: tz, paused: true }).nextRun(currentDate);
  console.log(`${rule} ${tz}: cron-parser ${one.toISOString().slice(11, 16)}Z, croner ${other.toISOString().slice(11, 16)}Z`);
}
JS
seen=$(node look.mjs)
printf '%s\n' "$seen"
[ "$seen" = '0 0 * * * America/Havana: cron-parser 05:00Z, croner 04:00Z
30 1 * * * America/New_York: cron-parser 05:30Z, croner 05:30Z
30 2 * * * America/New_York: cron-parser 07:30Z, croner 07:00Z' ] || { echo 'changed' >&2; exit 1; }
