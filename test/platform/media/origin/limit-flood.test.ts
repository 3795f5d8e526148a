import { expect } from 'chai';
import { limitFlood } from '../../../../server/platform/media/origin/limit-flood.ts';

describe('the limit of what one viewer may ask for', () => {
  let now = 0;
  beforeEach(() => (now = 1_000_000));
  const flood = () => limitFlood(() => now);

  it('lets 48 answers of one viewer be open at once, however long, and another as each ends', () => {
    const { enter } = flood();
    const leaves = Array.from({ length: 48 }, () => enter('greedy'));
    expect(leaves).to.not.include(null);
    now += 5_000;
    expect(enter('greedy')).to.equal(null);
    expect(enter('modest')).to.not.equal(null);
    leaves[0]?.();
    expect(enter('greedy')).to.not.equal(null);
    expect(enter('greedy')).to.equal(null);
  });

  it('lets one viewer ask 150 times in a second, and again in the next', () => {
    const { enter } = flood();
    const ask = () => {
      const leave = enter('greedy');
      leave?.();
      return leave !== null;
    };
    expect(Array.from({ length: 150 }, ask)).to.not.include(false);
    expect(ask()).to.equal(false);
    now += 1_000;
    expect(ask()).to.equal(true);
  });

  it('lets 12,000 answers be open in all', () => {
    const { enter } = flood();
    const leaves = Array.from({ length: 12_000 }, (_, index) => enter(`viewer-${index % 1_000}`));
    expect(leaves).to.not.include(null);
    expect(enter('one-more')).to.equal(null);
    leaves[0]?.();
    expect(enter('one-more')).to.not.equal(null);
  });
});
