import { expect } from 'chai';
import fc from 'fast-check';
import {
  expectedTimes,
  minutesLate,
  momentOfStage,
} from '../../../client/islands/live-room/course-of-day.ts';
import { roomView } from '../../../client/islands/live-room/room-view.ts';
import type { LiveSession, LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import { daySnapshot } from './live-network.ts';

const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);
const iso = (time: string) => `2026-11-24T${time}.000Z`;
const clock = (ms: number | undefined) => (ms === undefined ? '' : new Date(ms).toISOString().slice(11, 16));
const expectedAt = (snapshot: LiveSnapshot, time: string) =>
  Object.fromEntries(
    [...expectedTimes(snapshot, 'main', at(time))].map(([id, { startsAt, endsAt }]) => [
      id,
      `${clock(startsAt)} to ${clock(endsAt)}`,
    ]),
  );
const late = (snapshot: LiveSnapshot, time: string) =>
  minutesLate(momentOfStage(snapshot, 'main', at(time)), at(time));
const live = (time: string) => ({ state: 'live', wentLiveAt: iso(time) }) as const;
const ended = (from: string, to: string) =>
  ({ state: 'ended', wentLiveAt: iso(from), endedAt: iso(to) }) as const;

describe('a day that runs late', () => {
  it('moves what follows, takes up in a break what it can, and is back on time when it has caught up', () => {
    const planned = { a: '09:30 to 10:15', b: '10:15 to 10:30', c: '10:30 to 11:15' };
    expect(expectedAt(daySnapshot(), '09:00:00')).to.deep.equal(planned);
    const started = daySnapshot({ a: live('09:37:00') });
    expect(expectedAt(started, '09:40:00')).to.deep.equal({
      a: '09:37 to 10:22',
      b: '10:22 to 10:30',
      c: '10:30 to 11:15',
    });
    expect(late(started, '09:40:00')).to.equal(7);
    // Fifteen minutes of coffee give seven, not more.
    const later = daySnapshot({ a: live('09:42:00') });
    expect(expectedAt(later, '09:45:00')).to.include({ b: '10:27 to 10:35', c: '10:35 to 11:20' });
    const over = daySnapshot({ a: ended('09:30:00', '10:29:00') });
    expect(expectedAt(over, '10:29:00')).to.include({ b: '10:29 to 10:37', c: '10:37 to 11:22' });
    expect(late(over, '10:29:00')).to.equal(7);
    const caughtUp = daySnapshot({ a: ended('09:42:00', '10:20:00') });
    expect(expectedAt(caughtUp, '10:21:00')).to.include({ c: '10:30 to 11:15' });
    expect(late(caughtUp, '10:21:00')).to.equal(0);
  });

  it('is said above the picture, beside the planned time', () => {
    const over = daySnapshot({ a: ended('09:30:00', '10:29:00') });
    const view = roomView(over, 'main', at('10:31:00'));
    expect(view).to.include({ badge: 'Coffee, back at 10:37', big: 'Back at 10:37', bigNote: 'in 6 min' });
    expect(view.beside).to.equal('Main stage. Starts about 10:37, planned 10:30 GMT');
    const running = roomView(daySnapshot({ a: live('09:42:00') }), 'main', at('09:50:00'));
    expect(running).to.include({ nextAt: iso('10:35:00') });
    expect(running.text).to.include('Then, at 10:35: Session c');
    expect(roomView(over, 'main', at('10:38:00')).badge).to.equal('Starting any moment');
  });

  it('says how far it is over, and leaves what goes by the clock to the clock', () => {
    expect(late(daySnapshot({ a: live('09:30:00') }), '10:25:30')).to.equal(10);
    const automatic = daySnapshot({ a: live('09:50:00'), c: { isAutomatic: true } });
    expect(expectedAt(automatic, '10:00:00')).to.include({ c: '10:30 to 11:15' });
    // Skipped after its time: nobody waits for it.
    const skipped = daySnapshot({ a: { state: 'ended', endedAt: iso('09:35:00') } });
    expect(expectedAt(skipped, '09:35:00')).to.include({ b: '10:15 to 10:30' });
  });

  it('goes from session to session through a whole day by itself', () => {
    const day = daySnapshot({ a: { isAutomatic: true }, c: { isAutomatic: true } });
    const seen = ['09:00', '09:31', '10:16', '10:31', '11:16'].map((time) => {
      const sessions = day.sessions.map((session) => {
        if (session.isBreak || session.startsAt > iso(`${time}:00`)) return session;
        const isOver = session.endsAt <= iso(`${time}:00`);
        const course = { wentLiveAt: session.startsAt, endedAt: isOver ? session.endsAt : null };
        return { ...session, ...course, state: isOver ? ('ended' as const) : ('live' as const) };
      });
      return roomView({ ...day, sessions }, 'main', at(`${time}:00`)).kind;
    });
    expect(seen).to.deep.equal(['before', 'on-air', 'between', 'on-air', 'ended']);
  });
});

describe('expected times of any day', () => {
  const minute = 60_000;
  const start = at('09:00:00');
  const part = fc.record({
    length: fc.integer({ min: 3, max: 90 }),
    gap: fc.integer({ min: 0, max: 20 }),
    isBreak: fc.boolean(),
    lateBy: fc.integer({ min: 0, max: 25 }),
    tookMore: fc.integer({ min: -5, max: 25 }),
  });
  /** A day of which the first `ran` sessions are over and perhaps one is on air, seen a while after. */
  const anyDay = fc
    .record({
      parts: fc.array(part, { minLength: 1, maxLength: 9 }),
      ran: fc.integer({ min: 0, max: 9 }),
      isOnAir: fc.boolean(),
      wait: fc.integer({ min: 0, max: 40 }),
    })
    .map(({ parts, ran, isOnAir, wait }) => {
      let planned = start;
      let real = start;
      let now = start;
      const sessions = parts.map((one, index): LiveSession => {
        const [from, to] = [planned + one.gap * minute, planned + (one.gap + one.length) * minute];
        planned = to;
        const base = {
          ...daySnapshot().sessions[0]!,
          id: `s${index}`,
          isBreak: one.isBreak,
          startsAt: new Date(from).toISOString(),
          endsAt: new Date(to).toISOString(),
        };
        if (one.isBreak || index > ran || (index === ran && !isOnAir)) return base;
        const began = Math.max(from, real) + one.lateBy * minute;
        const wentLiveAt = new Date(began).toISOString();
        now = began;
        if (index === ran) return { ...base, state: 'live', wentLiveAt };
        real = began + Math.max(1, one.length + one.tookMore) * minute;
        now = real;
        return { ...base, state: 'ended', wentLiveAt, endedAt: new Date(real).toISOString() };
      });
      const day = daySnapshot();
      const endsAt = new Date(start + 40 * 3_600_000).toISOString();
      return { snapshot: { ...day, event: { ...day.event, endsAt }, sessions }, now: now + wait * minute };
    });

  it('are in order, never before the plan and never one on top of another', () => {
    fc.assert(
      fc.property(anyDay, ({ snapshot, now }) => {
        const times = expectedTimes(snapshot, 'main', now);
        const lastMoved = snapshot.sessions.findLastIndex(({ state }) => state !== 'scheduled');
        let free = lastMoved < 0 ? 0 : times.get(snapshot.sessions[lastMoved]!.id)!.endsAt;
        for (const session of snapshot.sessions.slice(lastMoved + 1)) {
          const time = times.get(session.id)!;
          const [from, to] = [Date.parse(session.startsAt), Date.parse(session.endsAt)];
          expect(time.startsAt).to.be.at.least(from);
          expect(time.endsAt).to.be.at.least(to);
          expect(time.startsAt).to.be.at.least(free);
          const least = session.isBreak ? Math.min(5 * minute, to - from) : to - from;
          expect(time.endsAt - time.startsAt).to.be.at.least(least);
          if (!session.isBreak) expect(time.startsAt).to.be.at.least(now);
          free = time.endsAt;
        }
      }),
    );
  });
});
