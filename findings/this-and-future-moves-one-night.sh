#!/usr/bin/env bash
# node-ical 0.26.1 (npm): "from the 20th on, two hours later" (RECURRENCE-ID;RANGE=THISANDFUTURE, RFC 5545 3.2.13).
# Seen: its own expansion moves the 20th and leaves the 21st and later where they were; ical.js 2.2.1 moves all of them.
# So a rotation whose hour was changed "for this and all following" keeps the old hour from the second night on.
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
  'BEGIN:VEVENT', 'UID:nights', 'DTSTAMP:20250401T000000Z', 'DTSTART:20250418T110000Z', 'DURATION:PT10H', 'RRULE:FREQ=DAILY;COUNT=4', 'END:VEVENT',
  'BEGIN:VEVENT', 'UID:nights', 'DTSTAMP:20250401T000000Z', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20250420T110000Z', 'DTSTART:20250420T130000Z', 'DURATION:PT10H', 'END:VEVENT',
  'END:VCALENDAR', ''].join('\r\n');
const said = date => date.toISOString().slice(8, 16);
const series = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
const event = new ICAL.Event(series[0]);
const seen = [];
for (let i = event.iterator(), t; (t = i.next());) seen.push(said(event.getOccurrenceDetails(t).startDate.toJSDate()));
console.log('ical.js   ' + seen.join(' '));
const other = Object.values(nodeIcal.sync.parseICS(text)).find(e => e.type === 'VEVENT');
console.log('node-ical ' + nodeIcal.expandRecurringEvent(other, { from: new Date('2025-04-01'), to: new Date('2025-05-01') }).map(o => said(o.start)).join(' '));
JS
seen=$(TZ=UTC node look.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'ical.js   18T11:00 19T11:00 20T13:00 21T13:00
node-ical 18T11:00 19T11:00 20T13:00 21T11:00' ] || { echo 'changed' >&2; exit 1; }
