import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { readInvite } from './read-invite.ts';
import type { printInvites } from './printed-invites.ts';

type Printed = ReturnType<typeof printInvites>;

const script = `
  import { printInvites } from './test/calendar-invites/printed-invites.ts';
  process.stdout.write(JSON.stringify(printInvites()));`;
const under = (zone: string) =>
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });

describe('invites, links and words at hard times', function () {
  this.timeout(120_000);
  let expected: string;
  before(() => void (expected = under('UTC')));

  for (const zone of ['Europe/London', 'America/New_York', 'Asia/Kolkata'])
    it(`are the same bytes on a server in ${zone} as on one in UTC`, () => {
      expect(under(zone)).to.equal(expected);
    });

  it('are at the moments that the wall times mean', () => {
    const printed = JSON.parse(expected) as Printed;
    const starts = Object.fromEntries(printed.map(({ what, startsAt }) => [what, startsAt]));
    expect(starts).to.deep.equal({
      'an ordinary day': '2027-03-23T09:30:00.000Z',
      'across midnight': '2026-12-31T22:00:00.000Z',
      'across midnight in UTC only': '2027-05-04T22:00:00.000Z',
      'across the hour that is skipped': '2027-03-28T00:30:00.000Z',
      'across the hour that happens twice': '2027-10-30T23:30:00.000Z',
      'up to the hour that happens twice': '2027-10-30T22:00:00.000Z',
      'over a clock change in days': '2027-03-26T09:00:00.000Z',
      'half-hour zones': '2027-03-27T23:30:00.000Z',
      'a half-hour clock change': '2027-04-03T13:30:00.000Z',
    });
    for (const { what, startsAt, printed: text } of printed) {
      const invite = readInvite(text.slice(0, text.indexOf('END:VCALENDAR\r\n') + 15));
      expect(new Date(invite.start).toISOString(), what).to.equal(startsAt);
      expect(text, what).not.to.match(/TZID|VTIMEZONE/);
    }
  });

  it('say the local times, the day after midnight and the zone on the day', () => {
    const of = (what: string) => (JSON.parse(expected) as Printed).find((one) => one.what === what)!.printed;
    expect(of('across midnight')).to.include('22:00 to 02:00 on Friday 1 January 2027');
    const skipped = readInvite(
      of('across the hour that is skipped').split('END:VCALENDAR\r\n')[0] + 'END:VCALENDAR\r\n',
    );
    expect(skipped.end, 'three and a half hours on the clock are two and a half').to.equal(
      '2027-03-28T03:00:00Z',
    );
    const twice = readInvite(
      of('across the hour that happens twice').split('END:VCALENDAR\r\n')[0] + 'END:VCALENDAR\r\n',
    );
    expect(twice.start).to.equal('2027-10-30T23:30:00Z');
    expect(twice.end).to.equal('2027-10-31T04:00:00Z');
  });
});
