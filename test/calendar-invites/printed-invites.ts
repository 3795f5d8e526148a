import { calendarLinks } from '../../server/calendar-invites/calendar-links.rules.ts';
import { registrationInvite } from '../../server/calendar-invites/registration-invite.rules.ts';
import { agendaRowsOf, wordsForChanges } from '../../server/event-updates/change-words.rules.ts';
import { toldEventOf } from '../../server/event-updates/told-event.rules.ts';
import { datelineOf } from '../../server/platform/time/show-time.ts';
import { instantOfWallTime } from '../../server/platform/time/wall-time.ts';

/** Wall times that are hard: what, zone, start, end, a session. */
const cases: readonly [string, string, string, string, string][] = [
  ['an ordinary day', 'Europe/London', '2027-03-23T09:30', '2027-03-23T16:15', '2027-03-23T13:40'],
  ['across midnight', 'Europe/London', '2026-12-31T22:00', '2027-01-01T02:00', '2027-01-01T00:30'],
  [
    'across midnight in UTC only',
    'America/New_York',
    '2027-05-04T18:00',
    '2027-05-04T21:00',
    '2027-05-04T20:00',
  ],
  [
    'across the hour that is skipped',
    'Europe/London',
    '2027-03-28T00:30',
    '2027-03-28T04:00',
    '2027-03-28T02:15',
  ],
  [
    'across the hour that happens twice',
    'Europe/London',
    '2027-10-31T00:30',
    '2027-10-31T04:00',
    '2027-10-31T02:00',
  ],
  [
    'up to the hour that happens twice',
    'Europe/London',
    '2027-10-30T23:00',
    '2027-10-31T00:59',
    '2027-10-31T00:00',
  ],
  [
    'over a clock change in days',
    'Europe/London',
    '2027-03-26T09:00',
    '2027-03-30T17:00',
    '2027-03-29T09:00',
  ],
  ['half-hour zones', 'Asia/Kolkata', '2027-03-28T05:00', '2027-03-28T07:30', '2027-03-28T06:15'],
  [
    'a half-hour clock change',
    'Australia/Lord_Howe',
    '2027-04-04T00:30',
    '2027-04-04T04:00',
    '2027-04-04T03:00',
  ],
];

function instant(wallTime: string, zone: string): Date {
  const read = instantOfWallTime(wallTime, zone);
  if (!read.ok) throw new Error(`${wallTime} ${zone}: ${read.reason}`);
  return read.instant;
}

/** Invites, links and words for hard times: what must be the same bytes wherever the server stands. */
export function printInvites(): { what: string; startsAt: string; printed: string }[] {
  return cases.map(([what, zone, startsAtLocal, endsAtLocal, sessionAt]) => {
    const times = { startsAt: instant(startsAtLocal, zone), endsAt: instant(endsAtLocal, zone) };
    const event = { title: 'Decarbonisation', zone, startsAtLocal, endsAtLocal, ...times };
    const startsAt = instant(sessionAt, zone);
    const session = {
      ...{
        _id: 's',
        title: 'Heat',
        state: 'scheduled',
        startsAt,
        endsAt: new Date(startsAt.getTime() + 600_000),
      },
      ...{ startsAtLocal: sessionAt, endsAtLocal: sessionAt },
    };
    const told = toldEventOf(event, [session]);
    const later = new Date(times.startsAt.getTime() - 3_600_000);
    const moved = toldEventOf({ ...event, startsAt: later }, []);
    const place = {
      ...{ uid: 'uid-1', sequence: 2, url: 'https://events.example.org/join/a;b,c' },
      holder: { name: 'Angharad', address: 'angharad@example.org' },
    };
    const circumstances = {
      ...{ place, event, sessions: [session], stamp: new Date('2026-11-24T09:00:00Z'), asksForReply: true },
      organiser: { name: 'PSE365', address: 'events@plenary.example' },
      changes: wordsForChanges(moved, told),
    };
    const url = 'https://events.example.org/events/d';
    const printed = [
      registrationInvite('REQUEST', circumstances).ics,
      registrationInvite('CANCEL', circumstances).ics,
      JSON.stringify(calendarLinks({ ...event, summary: '', url }, `${url}.ics`)),
      JSON.stringify([datelineOf(event), agendaRowsOf(told), wordsForChanges(told, moved)]),
    ].join('\n');
    return { what, startsAt: times.startsAt.toISOString(), printed };
  });
}
