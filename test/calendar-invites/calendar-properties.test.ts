import { expect } from 'chai';
import fc from 'fast-check';
import { inviteCalendar, type Invitation } from '../../server/calendar-invites/calendar-invite.rules.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { readInvite } from './read-invite.ts';

const plain: Invitation = {
  uid: '6f1c2d7e-0000-4000-8000-000000000001',
  sequence: 2,
  stamp: new Date('2026-11-24T09:00:00Z'),
  startsAt: new Date('2027-03-28T00:30:00Z'),
  endsAt: new Date('2027-03-28T15:15:00Z'),
  title: 'Public Sector Decarbonisation',
  description: 'Join here.',
  url: 'https://events.example.org/join/abc',
  organiser: { name: 'PSE365', address: 'events@plenary.example' },
  attendee: { name: 'Angharad Price', address: 'angharad@example.org' },
  alarmInMinutes: 15,
  asksForReply: false,
  isCancelled: false,
};

const pieces = [
  ...hostileTexts,
  ...[...'"^\';,:\\=<>@%&n \t\u00a0\u200d\u200f\ufe0f'],
  ...['\r\n', '\n', '\r', '\u2028', '\\n', '^n', "^'", '^^', '\\;', 'BEGIN:VALARM', 'END:VEVENT', 'mailto:'],
  ...[
    '\u202e',
    '\u202a',
    '\u2066',
    '\u2069',
    '\ud83d',
    '\udc69',
    '👩🏽‍🚀',
    '🏴󠁧󠁢󠁷󠁬󠁳󠁿',
    'ŵ',
    'e\u0302',
    '\u0000',
    '\u0085',
  ],
];
/** Begins with a letter, because a field that is empty once cleaned is refused where it is typed. */
const typed = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary' })), {
    maxLength: 30,
  })
  .map((parts) => `a${parts.join('')}`);

/** What must come back: the text as people see it, on one line, without what turns or ends a line. */
const shown = (text: string, most: number) =>
  [
    ...text
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, most)
    .join('');
const same = (actual: string, expected: string) => expect(actual.trim()).to.equal(expected.trim());

const namesOf = (ics: string) =>
  ics
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .map((line) => line.replace(/[:;].*/su, ''));

function checkForm(ics: string) {
  expect(ics.endsWith('END:VCALENDAR\r\n')).to.equal(true);
  expect(ics.replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
  for (const line of ics.split('\r\n')) {
    expect(Buffer.byteLength(line), line).to.be.at.most(75);
    expect(line.isWellFormed(), line).to.equal(true);
  }
  expect(ics).not.to.match(/TZID|VTIMEZONE|[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
  expect(ics).not.to.match(/[\u202a-\u202e\u2066-\u2069]/);
  expect(ics).to.match(/^DTSTAMP:\d{8}T\d{6}Z\r$/m);
}

describe('an invite made of anything people type', () => {
  it('is read back as it was meant, with not one line more', () => {
    const given = fc.record({ title: typed, description: typed, organiser: typed, attendee: typed });
    fc.assert(
      fc.property(given, fc.constantFrom('REQUEST' as const, 'CANCEL' as const), (texts, method) => {
        const ics = inviteCalendar(method, {
          ...plain,
          title: texts.title,
          description: texts.description,
          organiser: { ...plain.organiser, name: texts.organiser },
          attendee: { ...plain.attendee, name: texts.attendee },
        });
        checkForm(ics);
        expect(namesOf(ics)).to.deep.equal(namesOf(inviteCalendar(method, plain)));
        const read = readInvite(ics);
        same(read.title, shown(texts.title, 300));
        same(shown(read.description, 8_000), shown(texts.description, 8_000));
        const name = (text: string) =>
          shown(text, 100).replaceAll('"', '’').replaceAll('^', 'ˆ').replaceAll('\\', '/');
        same(read.organiserName, name(texts.organiser));
        expect(read.attendees).to.have.length(1);
        same(read.attendees[0]!.name, name(texts.attendee));
        expect(read.attendees[0]!.address).to.equal('mailto:angharad@example.org');
        expect(read.organiser).to.equal('mailto:events@plenary.example');
        expect(read).to.include({ uid: plain.uid, sequence: 2, method });
        expect(read.alarms).to.have.length(method === 'CANCEL' ? 0 : 1);
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it('keeps links whole, with commas, semicolons and ampersands', () => {
    const query = fc.array(fc.constantFrom('a', ',', ';', '&', '=', '%2C', '+', "'", '/', '?'), {
      maxLength: 400,
    });
    fc.assert(
      fc.property(fc.webUrl(), query, (base, parts) => {
        const { href } = new URL(`?x=${parts.join('')}`, base);
        const ics = inviteCalendar('REQUEST', { ...plain, url: href });
        checkForm(ics);
        expect(readInvite(ics)).to.include({ url: href, location: href });
      }),
      { numRuns: 200 },
    );
  }).timeout(60_000);

  it('goes to exactly one address', () => {
    const two = [
      'a@example.org,b@example.org',
      'a@example.org;b@example.org',
      'a@example.org\r\nATTENDEE:mailto:b@example.org',
      'a@example.org>, <b@example.org',
      'A <a@example.org>',
      'a@example.org b@example.org',
      'a@exam\u202eple.org',
      '',
    ];
    for (const address of two) {
      const attendee = { name: 'Ann', address };
      expect(() => inviteCalendar('REQUEST', { ...plain, attendee }), address).to.throw(RangeError);
      expect(() => inviteCalendar('CANCEL', { ...plain, attendee }), address).to.throw(RangeError);
    }
  });

  it('keeps the order of start and end, whatever instants are given', () => {
    const instant = fc.date({
      min: new Date('1970-01-02T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, instant, (startsAt, endsAt) => {
        const make = () => inviteCalendar('REQUEST', { ...plain, startsAt, endsAt });
        const seconds = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;
        if (seconds(endsAt) <= seconds(startsAt)) expect(make).to.throw(RangeError);
        else expect(readInvite(make())).to.include({ start: seconds(startsAt), end: seconds(endsAt) });
      }),
    );
  });

  it('asks for an answer only where one is read, and never with a withdrawal', () => {
    const asked = readInvite(inviteCalendar('REQUEST', { ...plain, asksForReply: true }));
    expect(asked.attendees[0]).to.include({ rsvp: 'TRUE', partstat: 'NEEDS-ACTION' });
    const told = readInvite(inviteCalendar('REQUEST', plain));
    expect(told.attendees[0]).to.include({ rsvp: 'FALSE', partstat: 'ACCEPTED' });
    const withdrawn = readInvite(inviteCalendar('CANCEL', { ...plain, asksForReply: true }));
    expect(withdrawn.attendees[0]).to.include({ rsvp: 'FALSE' });
  });
});
