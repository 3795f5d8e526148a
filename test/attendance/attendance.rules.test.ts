import { expect } from 'chai';
import fc from 'fast-check';
import {
  attendedOf,
  coveredMs,
  minutesInWords,
  sessionsWatched,
  totalsOf,
  type Interval,
} from '../../server/attendance/attendance.rules.ts';

const minute = 60_000;
const day = Date.parse('2027-03-23T09:00:00Z');
const at = (minutes: number) => new Date(day + minutes * minute);
const interval = (from: number, to: number): Interval => ({ startedAt: at(from), endedAt: at(to) });
const drawn = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 40 })), {
  maxLength: 25,
});

describe('the time that intervals cover', () => {
  it('is what counting every minute one by one gives', () => {
    fc.assert(
      fc.property(drawn, (spans) => {
        const covered = new Set<number>();
        for (const [from, length] of spans)
          for (let one = from; one < from + length; one += 1) covered.add(one);
        const intervals = spans.map(([from, length]) => interval(from, from + length));
        expect(coveredMs(intervals)).to.equal(covered.size * minute);
      }),
    );
  });

  it('does not depend on the order, nor on how often the same interval is there', () => {
    fc.assert(
      fc.property(drawn, fc.infiniteStream(fc.nat()), (spans, order) => {
        const intervals = spans.map(([from, length]) => interval(from, from + length));
        const keyed = [...intervals, ...intervals].map((one) => ({ one, key: order.next().value as number }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
        expect(coveredMs(shuffled)).to.equal(coveredMs(intervals));
      }),
    );
  });
});

describe('what somebody attended', () => {
  it('is told for each session, live and replay apart', () => {
    const attended = attendedOf([
      { sessionId: 'a', kind: 'live', ...interval(0, 10) },
      { sessionId: 'a', kind: 'live', ...interval(5, 12) },
      { sessionId: 'a', kind: 'replay', ...interval(100, 103) },
      { sessionId: 'b', kind: 'live', ...interval(20, 20) },
    ]);
    expect(attended).to.deep.equal([
      { sessionId: 'a', kind: 'live', minutes: 12, firstAt: at(0), lastAt: at(12) },
      { sessionId: 'a', kind: 'replay', minutes: 3, firstAt: at(100), lastAt: at(103) },
      { sessionId: 'b', kind: 'live', minutes: 0, firstAt: at(20), lastAt: at(20) },
    ]);
    expect(totalsOf([attended, attended], 'live')).to.deep.equal([
      { sessionId: 'a', people: 2, minutes: 24 },
      { sessionId: 'b', people: 2, minutes: 0 },
    ]);
    expect([0, 1, 2].map(minutesInWords)).to.deep.equal(['less than a minute', '1 minute', '2 minutes']);
  });

  it('is what is live on one’s stage or on every stage, and nothing that is paused', () => {
    const sessions = [
      { id: 1, state: 'live', stageId: 'main' },
      { id: 2, state: 'live', stageId: 'other' },
      { id: 3, state: 'live', stageId: null },
      { id: 4, state: 'paused', stageId: 'main' },
      { id: 5, state: 'ended', stageId: 'main' },
    ];
    const seen = (stageId: string | null) => sessionsWatched(sessions, stageId).map(({ id }) => id);
    expect(seen('main')).to.deep.equal([1, 3]);
    expect(seen('other')).to.deep.equal([2, 3]);
    expect(seen(null)).to.deep.equal([3]);
  });
});
