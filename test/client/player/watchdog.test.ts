import { expect } from 'chai';
import { backOff, createWatchdog, type Notice, type Sample } from '../../../client/player/watchdog.ts';

const playing: Sample = {
  now: 0,
  time: 0,
  isPaused: false,
  hasEnded: false,
  latency: 2,
  target: 1.5,
  isFollowing: true,
};

/** Looks twice a second for so long; `speed` is how fast the picture moves. */
function watch(seconds: number, speed: number, changes: Partial<Sample> = {}, look = createWatchdog()) {
  const notices: Notice[] = [];
  for (let half = 0; half <= seconds * 2; half += 1)
    notices.push(look({ ...playing, now: half * 500, time: (half / 2) * speed, ...changes }));
  return notices;
}
/** A watchdog whose picture came on time, and is looked at further from `now: 0`. */
function arrived() {
  const look = createWatchdog();
  watch(4, 1, {}, look);
  return look;
}
const count = (notices: Notice[], notice: Notice) => notices.filter((one) => one === notice).length;

describe('the watchdog of a picture', () => {
  it('says nothing of a picture that moves close to the live edge', () => {
    expect(new Set(watch(30, 1).slice(1))).to.deep.equal(new Set(['moving']));
  });

  it('tells a stall once, and asks to open again every ten seconds while nothing moves', () => {
    const notices = watch(35, 0);
    expect(count(notices, 'stalled')).to.equal(1);
    expect(count(notices, 'reopen')).to.equal(3);
  });

  it('leaves a picture alone that somebody stopped, or that is over', () => {
    for (const changes of [{ isPaused: true }, { hasEnded: true }])
      expect(new Set(watch(30, 0, changes))).to.deep.equal(new Set(['still']));
  });

  it('jumps to the live edge after five seconds more than four seconds late, not before', () => {
    const notices = watch(6, 1, { latency: 6 }, arrived());
    expect(notices.indexOf('jump-to-live')).to.equal(10);
    expect(count(notices, 'jump-to-live')).to.equal(1);
    expect(count(watch(30, 1, { latency: 5.4 }, arrived()), 'jump-to-live')).to.equal(0);
  });

  it('jumps once and at once for who arrives more than a second late, and lets it be after that', () => {
    const notices = watch(30, 1, { latency: 4.2 });
    expect(notices.indexOf('jump-to-live')).to.equal(2);
    expect(count(notices, 'jump-to-live')).to.equal(1);
    expect(count(watch(30, 1, { latency: 2.4 }), 'jump-to-live')).to.equal(0);
  });

  it('takes who falls behind in the first seconds for one who arrives late', () => {
    const look = createWatchdog();
    watch(1, 1, {}, look);
    expect(count(watch(3, 1, { latency: 3.5 }, look), 'jump-to-live')).to.equal(1);
  });

  it('does not take for an arrival what has no picture yet', () => {
    const look = createWatchdog();
    watch(1, 0, { latency: 1 }, look);
    expect(watch(2, 1, { latency: 4.2 }, look)).to.include('jump-to-live');
  });

  it('lets a viewer stay behind who went back', () => {
    expect(count(watch(30, 1, { latency: 300, isFollowing: false }), 'jump-to-live')).to.equal(0);
  });

  it('begins to count anew when the picture caught up in between', () => {
    const look = arrived();
    watch(4, 1, { latency: 9 }, look);
    watch(1, 1, {}, look);
    expect(count(watch(4, 1, { latency: 9 }, look), 'jump-to-live')).to.equal(0);
  });

  it('waits longer from try to try, never more than ten seconds, and not the same for everybody', () => {
    const waits = [1, 2, 3, 4, 5, 6, 50].map((attempt) => backOff(attempt, 0.5));
    expect(waits).to.deep.equal([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    expect(backOff(1, 0)).to.equal(375);
    expect(backOff(9, 1)).to.equal(10_000);
  });
});
