import { expect } from 'chai';
import { delayBeforeNextTry } from '../../../server/platform/outbox/deliver-back-off.ts';

const seconds = (...args: Parameters<typeof delayBeforeNextTry>) =>
  (delayBeforeNextTry(...args) ?? NaN) / 1000;
const totalHours = (kind: 'busy' | 'unreachable' | 'fault') => {
  let total = 0;
  for (let attempt = 1; ; attempt += 1) {
    const delay = delayBeforeNextTry(kind, attempt, 0.5);
    if (delay === null) return total / 3_600_000;
    total += delay;
  }
};

describe('the wait before the next try', () => {
  it('does not come for what was refused for good', () => {
    expect(delayBeforeNextTry('refused', 1, 0.5)).to.equal(null);
  });

  it('doubles, up to a limit', () => {
    expect([1, 2, 3, 4].map((attempt) => seconds('busy', attempt, 0.5))).to.deep.equal([10, 20, 40, 80]);
    expect(seconds('busy', 30, 0.5)).to.equal(3_600);
  });

  it('is spread, so that what failed together does not come back together', () => {
    expect(seconds('busy', 1, 0)).to.equal(7.5);
    expect(seconds('busy', 1, 0.999)).to.be.within(12.4, 12.5);
  });

  it('outlasts a day without a mail server, and ends soon for our own faults', () => {
    expect(totalHours('unreachable')).to.be.within(30, 48);
    expect(totalHours('busy')).to.be.within(24, 48);
    expect(totalHours('fault')).to.be.below(1);
  });
});
