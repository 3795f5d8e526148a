import { expect } from 'chai';
import { shouldTellCount } from '../../server/live/viewer-count.rules.ts';

describe('the number of viewers', () => {
  const told = (count: number) => ({ count, at: 0 });

  it('is told at first, even when nobody is there', () => {
    expect(shouldTellCount(0, null, 0)).to.equal(true);
  });

  it('is told when it changed, at most once a second, and never again unchanged', () => {
    expect(shouldTellCount(5, told(4), 999)).to.equal(false);
    expect(shouldTellCount(5, told(4), 1_000)).to.equal(true);
    expect(shouldTellCount(4, told(4), 1_000_000)).to.equal(false);
  });

  it('is told more seldom the larger the room is, down to once in five seconds', () => {
    expect(shouldTellCount(3_000, told(2_000), 2_999)).to.equal(false);
    expect(shouldTellCount(3_000, told(2_000), 3_000)).to.equal(true);
    expect(shouldTellCount(50_000, told(2_000), 4_999)).to.equal(false);
    expect(shouldTellCount(50_000, told(2_000), 5_000)).to.equal(true);
  });

  it('is not told for less than one in a hundred, until that has stood for a quarter of a minute', () => {
    expect(shouldTellCount(1_009, told(1_000), 5_000)).to.equal(false);
    expect(shouldTellCount(1_010, told(1_000), 5_000)).to.equal(true);
    expect(shouldTellCount(990, told(1_000), 5_000)).to.equal(true);
    expect(shouldTellCount(1_001, told(1_000), 15_000)).to.equal(true);
  });
});
