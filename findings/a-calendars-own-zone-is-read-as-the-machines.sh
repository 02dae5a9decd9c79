#!/usr/bin/env bash
# node-ical 0.26.1 (npm): a zone that the file itself defines (VTIMEZONE, RFC 5545 3.6.5) under a name that is no IANA zone.
# Seen: the definition (+09:00 all year) is not used, and the hour is taken in the zone of the machine that reads: the same file
# is three different instants on three machines. ical.js 2.2.1 uses the definition.
# So a shared roster is right on the author's laptop and wrong on the server.
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
  'BEGIN:VTIMEZONE', 'TZID:Duty Room', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0900', 'TZOFFSETTO:+0900', 'END:STANDARD', 'END:VTIMEZONE',
  'BEGIN:VEVENT', 'UID:one', 'DTSTAMP:20250401T000000Z', 'DTSTART;TZID=Duty Room:20250418T190000', 'DURATION:PT12H', 'SUMMARY:night', 'END:VEVENT',
  'END:VCALENDAR', ''].join('\r\n');
const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent'));
const other = Object.values(nodeIcal.sync.parseICS(text)).find(e => e.type === 'VEVENT');
console.log(`${process.env.TZ}: ical.js ${event.startDate.toJSDate().toISOString().slice(11, 16)}Z, node-ical ${other.start.toISOString().slice(11, 16)}Z`);
JS
seen=$(for zone in UTC America/New_York Asia/Shanghai; do TZ=$zone node look.mjs; done)
printf '%s\n' "$seen"
[ "$seen" = 'UTC: ical.js 10:00Z, node-ical 19:00Z
America/New_York: ical.js 10:00Z, node-ical 23:00Z
Asia/Shanghai: ical.js 10:00Z, node-ical 11:00Z' ] || { echo 'changed' >&2; exit 1; }
