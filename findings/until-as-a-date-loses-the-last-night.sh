#!/usr/bin/env bash
# ical.js 2.2.1 and node-ical 0.26.1 (npm) read one valid-looking export differently: a nightly shift with RRULE ...;UNTIL=20250420.
# RFC 5545 3.3.10 wants UNTIL to be of DTSTART's kind; many calendars write a plain date all the same, and mean that night too.
# Seen: ical.js takes the date as its midnight and ends one night early; node-ical keeps the night of the 20th. Neither says anything.
# So two tools of one team can disagree about who is on call on the last night of a rotation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . ical.js@2.2.1 node-ical@0.26.1 >/dev/null
cat > look.mjs <<'JS'
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
const text = [
  'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//finding//EN',
  'BEGIN:VEVENT', 'UID:nights', 'DTSTAMP:20250401T000000Z', 'DTSTART:20250418T110000Z', 'DURATION:PT12H',
  'RRULE:FREQ=DAILY;UNTIL=20250420', 'SUMMARY:night', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const days = dates => dates.map(d => d.toISOString().slice(8, 10)).join(' ');
const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent'));
const seen = [];
for (let i = event.iterator(), t; (t = i.next()) && seen.length < 9;) seen.push(t.toJSDate());
console.log('ical.js   ' + days(seen));
const { rrule } = Object.values(nodeIcal.sync.parseICS(text)).find(e => e.type === 'VEVENT');
console.log('node-ical ' + days(rrule.all().slice(0, 9)));
JS
seen=$(TZ=UTC node look.mjs)
printf '%s\n' "$seen"
[ "$seen" = $'ical.js   18 19\nnode-ical 18 19 20' ] || { echo 'changed' >&2; exit 1; }
