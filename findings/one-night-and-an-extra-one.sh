#!/usr/bin/env bash
# ical.js 2.2.1 and node-ical 0.26.1 (npm): one shift and an extra one (DTSTART and RDATE, no RRULE). RFC 5545 3.8.5.2 makes that two occurrences,
# 3.8.2.4 counts DTSTART as the first.
# Seen: ical.js hands out the extra date alone, as a value of another class where it is a PERIOD; node-ical hands out DTSTART alone, whichever
# form the extra one has. Each is silent, and each loses another night.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . ical.js@2.2.1 node-ical@0.26.1 >/dev/null
cat > look.mjs <<'JS'
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
for (const extra of ['RDATE:20250420T110000Z', 'RDATE;VALUE=PERIOD:20250420T110000Z/PT4H']) {
  const text = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//finding//EN',
    'BEGIN:VEVENT', 'UID:extra', 'DTSTAMP:20250401T000000Z', 'DTSTART:20250418T110000Z', 'DURATION:PT12H', extra, 'SUMMARY:night', 'END:VEVENT',
    'END:VCALENDAR', ''].join('\r\n');
  const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).iterator();
  const given = [];
  for (let t; (t = iterator.next()) && given.length < 5;) given.push(`${t.constructor.name} of the ${String(t).slice(8, 10)}th`);
  const event = Object.values(nodeIcal.sync.parseICS(text)).find(e => e.type === 'VEVENT');
  const all = nodeIcal.expandRecurringEvent(event, { from: new Date('2025-04-01'), to: new Date('2025-05-01') });
  console.log(`${extra.split(':')[0]}: ical.js ${given.join(', ')}; node-ical the ${all.map(o => o.start.toISOString().slice(8, 10)).join(', ')}th`);
}
JS
seen=$(TZ=UTC node look.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'RDATE: ical.js Time of the 20th; node-ical the 18th
RDATE;VALUE=PERIOD: ical.js Period of the 20th; node-ical the 18th' ] || { echo 'changed' >&2; exit 1; }
