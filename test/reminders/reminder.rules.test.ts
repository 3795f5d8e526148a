import { expect } from 'chai';
import {
  areThanksDue,
  distanceInWords,
  dueBeforehand,
  isTooNew,
  reminderMessageId,
  turnEndsAt,
} from '../../server/reminders/reminder.rules.ts';

const startsAt = new Date('2026-12-24T09:30:00Z');
const endsAt = new Date('2026-12-24T16:15:00Z');
const at = (time: string) => new Date(time);

describe('the turn of a reminder', () => {
  const turns: [now: string, due: string | null][] = [
    ['2026-12-17T09:29:59Z', null],
    ['2026-12-17T09:30:00Z', 'week'],
    ['2026-12-23T09:29:59Z', 'week'],
    ['2026-12-23T09:30:00Z', 'day'],
    ['2026-12-24T08:29:59Z', 'day'],
    ['2026-12-24T08:30:00Z', 'hour'],
    ['2026-12-24T09:20:00Z', 'ten-minutes'],
    ['2026-12-24T09:29:59Z', 'ten-minutes'],
    ['2026-12-24T09:30:00Z', null],
  ];
  for (const [now, due] of turns)
    it(`at ${now} is that of ${due ?? 'none'}`, () => {
      expect(dueBeforehand(startsAt, at(now))).to.equal(due);
    });

  it('ends when the next begins, and at the start', () => {
    expect(turnEndsAt('week', startsAt).toISOString()).to.equal('2026-12-23T09:30:00.000Z');
    expect(turnEndsAt('ten-minutes', startsAt)).to.deep.equal(startsAt);
  });
});

describe('the words of a reminder', () => {
  const words: [now: string, said: string][] = [
    ['2026-12-17T09:30:20Z', 'In a week'],
    ['2026-12-20T12:00:00Z', 'In 4 days'],
    ['2026-12-23T09:30:20Z', 'Tomorrow'],
    ['2026-12-24T00:30:00Z', 'Today'],
    ['2026-12-24T08:30:20Z', 'In one hour'],
    ['2026-12-24T09:05:00Z', 'In 25 minutes'],
    ['2026-12-24T09:20:20Z', 'In 10 minutes'],
    ['2026-12-24T09:29:50Z', 'In one minute'],
  ];
  for (const [now, said] of words)
    it(`at ${now} are “${said}”`, () => {
      expect(distanceInWords(startsAt, 'Europe/London', at(now))).to.equal(said);
    });

  it('count days as the event’s own zone does', () => {
    const evening = at('2026-12-22T23:30:00Z');
    const start = at('2026-12-23T22:00:00Z');
    expect(distanceInWords(start, 'Europe/London', evening)).to.equal('Tomorrow');
    expect(distanceInWords(start, 'Asia/Kolkata', evening)).to.equal('Tomorrow');
    expect(distanceInWords(at('2026-12-23T20:00:00Z'), 'Asia/Kolkata', at('2026-12-22T20:00:00Z'))).to.equal(
      'Tomorrow',
    );
    expect(distanceInWords(at('2026-12-23T20:00:00Z'), 'Asia/Kolkata', at('2026-12-22T17:00:00Z'))).to.equal(
      'In 2 days',
    );
  });
});

describe('who registered shortly before', () => {
  it('gets no reminder of what they have just read', () => {
    expect(isTooNew('week', startsAt, at('2026-12-16T09:30:00Z'))).to.equal(false);
    expect(isTooNew('week', startsAt, at('2026-12-16T09:31:00Z'))).to.equal(true);
    expect(isTooNew('day', startsAt, at('2026-12-23T03:30:00Z'))).to.equal(false);
    expect(isTooNew('day', startsAt, at('2026-12-23T03:31:00Z'))).to.equal(true);
    expect(isTooNew('hour', startsAt, at('2026-12-24T08:29:00Z'))).to.equal(false);
    expect(isTooNew('thank-you', startsAt, at('2026-12-24T16:00:00Z'))).to.equal(false);
  });
});

describe('thanks', () => {
  const event = { status: 'published', startsAt, endsAt } as const;
  const talk = { state: 'scheduled', kind: 'talk', endedAt: null };

  it('wait a quarter of an hour after the planned end', () => {
    expect(areThanksDue(event, [talk], at('2026-12-24T16:29:59Z'))).to.equal(false);
    expect(areThanksDue(event, [talk], at('2026-12-24T16:30:00Z'))).to.equal(true);
  });

  it('wait while anything is on air, and count from the last end when it ran over or ended early', () => {
    const onAir = { ...talk, state: 'live' };
    expect(areThanksDue(event, [onAir], at('2026-12-24T16:45:00Z'))).to.equal(false);
    const late = { ...talk, state: 'ended', endedAt: at('2026-12-24T16:40:00Z') };
    expect(areThanksDue(event, [late], at('2026-12-24T16:54:00Z'))).to.equal(false);
    expect(areThanksDue(event, [late], at('2026-12-24T16:55:00Z'))).to.equal(true);
    const early = { ...talk, state: 'ended', endedAt: at('2026-12-24T15:00:00Z') };
    expect(areThanksDue(event, [early], at('2026-12-24T15:14:00Z'))).to.equal(false);
    expect(areThanksDue(event, [early], at('2026-12-24T15:15:00Z'))).to.equal(true);
  });

  it('are not said days later, nor for what was called off', () => {
    expect(areThanksDue(event, [], at('2026-12-26T16:16:00Z'))).to.equal(false);
    expect(areThanksDue({ ...event, status: 'cancelled' }, [], at('2026-12-24T17:00:00Z'))).to.equal(false);
  });
});

it('a reminder’s Message-ID names the reminder, the place and the start', () => {
  expect(reminderMessageId('ten-minutes', 'u-1', startsAt)).to.equal(
    'reminder.ten-minutes.u-1.20261224t0930',
  );
});
