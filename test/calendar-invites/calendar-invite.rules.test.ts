import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import ICAL from 'ical.js';
import {
  inviteCalendar,
  publicCalendar,
  type CalendarEntry,
  type Invitation,
} from '../../server/calendar-invites/calendar-invite.rules.ts';
import { hostileTexts } from '../support/hostile-texts.ts';

const invitation: Invitation = {
  uid: '6f1c2d7e-0000-4000-8000-000000000001',
  sequence: 2,
  stamp: new Date('2026-11-24T09:00:00Z'),
  startsAt: new Date('2027-03-28T00:30:00Z'),
  endsAt: new Date('2027-03-28T15:15:00Z'),
  title: 'Public Sector Decarbonisation',
  description: 'Join: https://events.example.org/join/abc\n\n09:30 Welcome; tea, coffee',
  url: 'https://events.example.org/join/abc;x=1,2&y=3',
  organiser: { name: 'PSE365', address: 'events@plenary.example' },
  attendee: { name: 'Angharad Price', address: 'angharad@example.org' },
  alarmInMinutes: 15,
  asksForReply: false,
  isCancelled: false,
};

function read(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics) as unknown[]);
  const events = calendar.getAllSubcomponents('vevent');
  return { calendar, events, event: events[0]! };
}
const value = (component: ICAL.Component, name: string) => String(component.getFirstPropertyValue(name));

describe('a calendar invite', () => {
  it('says to a calendar what was meant', () => {
    const { calendar, event } = read(inviteCalendar('REQUEST', invitation));
    expect(value(calendar, 'method')).to.equal('REQUEST');
    expect(value(calendar, 'version')).to.equal('2.0');
    expect(value(event, 'uid')).to.equal(invitation.uid);
    expect(value(event, 'sequence')).to.equal('2');
    expect(value(event, 'dtstamp')).to.equal('2026-11-24T09:00:00Z');
    expect(value(event, 'dtstart')).to.equal('2027-03-28T00:30:00Z');
    expect(value(event, 'dtend')).to.equal('2027-03-28T15:15:00Z');
    expect(value(event, 'status')).to.equal('CONFIRMED');
    expect(value(event, 'url')).to.equal(invitation.url);
    expect(value(event, 'location')).to.equal(invitation.url);
    expect(value(event, 'description')).to.equal(invitation.description);
  });

  it('asks for no answer, and names only its recipient and the address that never changes', () => {
    const { event } = read(inviteCalendar('REQUEST', invitation));
    const attendees = event.getAllProperties('attendee');
    expect(attendees).to.have.length(1);
    expect(String(attendees[0]!.getFirstValue()).toLowerCase()).to.equal('mailto:angharad@example.org');
    expect(attendees[0]!.getFirstParameter('rsvp')).to.equal('FALSE');
    expect(attendees[0]!.getFirstParameter('partstat')).to.equal('ACCEPTED');
    expect(value(event, 'organizer')).to.equal('mailto:events@plenary.example');
  });

  it('withdraws with the same uid, without an alarm', () => {
    const { calendar, event } = read(inviteCalendar('CANCEL', { ...invitation, sequence: 3 }));
    expect(value(calendar, 'method')).to.equal('CANCEL');
    expect(value(event, 'status')).to.equal('CANCELLED');
    expect(value(event, 'uid')).to.equal(invitation.uid);
    expect(value(event, 'sequence')).to.equal('3');
    expect(event.getAllProperties('attendee')).to.have.length(1);
    expect(event.getAllSubcomponents('valarm')).to.have.length(0);
  });

  it('keeps to the form of RFC 5545: CRLF everywhere, 75 octets, alarms last, no zones', () => {
    for (const text of [...hostileTexts, 'Cyfarfod y Bwrdd â’r Fôn '.repeat(20), '👩🏽‍🚀🏴󠁧󠁢󠁷󠁬󠁳󠁿'.repeat(40)]) {
      const ics = inviteCalendar('REQUEST', { ...invitation, title: `x${text}`, description: text });
      expect(ics.endsWith('END:VCALENDAR\r\n')).to.equal(true);
      expect(ics.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
      for (const line of ics.split('\r\n')) {
        expect(Buffer.byteLength(line)).to.be.at.most(75);
        expect(line.isWellFormed()).to.equal(true);
      }
      expect(ics).not.to.match(/TZID|VTIMEZONE/);
      expect(ics.indexOf('END:VALARM\r\nEND:VEVENT')).to.be.above(0);
    }
  });

  it('lets no text of a person add a line, an attendee or a parameter', () => {
    const plain = read(inviteCalendar('REQUEST', invitation));
    const shape = ({ calendar, event }: ReturnType<typeof read>) => [
      calendar.getAllProperties().map(({ name }) => name),
      event
        .getAllProperties()
        .map((property) => [property.name, ...Object.keys((property.toJSON() as [string, object])[1])]),
    ];
    for (const text of hostileTexts) {
      const hostile = read(
        inviteCalendar('REQUEST', {
          ...invitation,
          uid: `a${text}`,
          title: `a${text}`,
          description: `a${text}`,
          organiser: { name: `a${text}`, address: 'events@plenary.example' },
          attendee: { name: `a${text}`, address: 'angharad@example.org' },
        }),
      );
      expect(shape(hostile), JSON.stringify(text)).to.deep.equal(shape(plain));
    }
  });

  it('shortens a name of 300 characters without breaking a character', () => {
    const name = '👩🏽‍🚀'.repeat(300);
    const { event } = read(
      inviteCalendar('REQUEST', {
        ...invitation,
        title: name,
        attendee: { name, address: 'angharad@example.org' },
      }),
    );
    const cn = String(event.getFirstProperty('attendee')!.getFirstParameter('cn'));
    expect(cn.isWellFormed()).to.equal(true);
    expect(value(event, 'summary').isWellFormed()).to.equal(true);
    expect([...cn].length).to.be.at.most(100);
  });

  it('refuses an entry that ends before it starts', () => {
    const turned = { ...invitation, startsAt: invitation.endsAt, endsAt: invitation.startsAt };
    expect(() => inviteCalendar('REQUEST', turned)).to.throw(RangeError);
  });

  it('is the same bytes wherever the server stands', () => {
    const script = `
      import { inviteCalendar, publicCalendar } from './server/calendar-invites/calendar-invite.rules.ts';
      const invitation = JSON.parse(process.argv[1], (key, value) =>
        ['stamp', 'startsAt', 'endsAt'].includes(key) ? new Date(value) : value);
      process.stdout.write(inviteCalendar('REQUEST', invitation) + inviteCalendar('CANCEL', invitation) +
        publicCalendar([invitation], { name: 'All', refreshInHours: 6 }));`;
    const under = (zone: string) =>
      execFileSync(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', script, JSON.stringify(invitation)],
        { env: { ...process.env, TZ: zone }, encoding: 'utf8' },
      );
    const expected = under('UTC');
    expect(expected).to.include('DTSTART:20270328T003000Z');
    for (const zone of ['Europe/London', 'America/New_York', 'Asia/Kolkata'])
      expect(under(zone), zone).to.equal(expected);
  }).timeout(60_000);
});

describe('a public calendar', () => {
  const entry = (fields: Partial<CalendarEntry>): CalendarEntry => ({ ...invitation, ...fields });

  it('publishes each event with its own address and state, and nobody who comes', () => {
    const entries = [
      entry({ uid: 'a', url: 'https://events.example.org/events/a' }),
      entry({ uid: 'b', url: 'https://events.example.org/events/b', isCancelled: true }),
    ];
    const { calendar, events } = read(publicCalendar(entries, { name: 'Plenary', refreshInHours: 6 }));
    expect(value(calendar, 'method')).to.equal('PUBLISH');
    expect(value(calendar, 'refresh-interval')).to.equal('PT6H');
    expect(events.map((event) => value(event, 'uid'))).to.deep.equal(['a', 'b']);
    expect(events.map((event) => value(event, 'status'))).to.deep.equal(['CONFIRMED', 'CANCELLED']);
    expect(events.map((event) => value(event, 'url'))).to.deep.equal(entries.map(({ url }) => url));
    expect(events.flatMap((event) => event.getAllProperties('attendee'))).to.deep.equal([]);
  });

  it('keeps a hostile name inside its line', () => {
    for (const text of hostileTexts) {
      const { calendar } = read(publicCalendar([], { name: `a${text}`, refreshInHours: 6 }));
      expect(calendar.getAllProperties().map(({ name }) => name)).to.deep.equal([
        'version',
        'prodid',
        'method',
        'name',
        'x-wr-calname',
        'refresh-interval',
        'x-published-ttl',
      ]);
    }
  });
});
