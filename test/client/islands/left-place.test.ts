import { expect } from 'chai';
import {
  lastLeft,
  readLeftPlace,
  tellPlace,
  writeLeftPlace,
} from '../../../client/islands/replay/left-place.ts';

describe('where somebody left off in a replay', () => {
  it('is what was watched last, on this device or another', () => {
    const here = readLeftPlace(writeLeftPlace(120, 2_000));
    expect(lastLeft(here, null)).to.equal(120);
    expect(lastLeft(here, { seconds: 300, watchedAt: 1_000 })).to.equal(120);
    expect(lastLeft(here, { seconds: 300, watchedAt: 3_000 })).to.equal(300);
    expect(lastLeft(null, { seconds: 300, watchedAt: 3_000 })).to.equal(300);
    // Seen to the end elsewhere.
    expect(lastLeft(here, { seconds: null, watchedAt: 3_000 })).to.equal(null);
    expect(lastLeft(null, null)).to.equal(null);
  });

  it('is read as browsers kept it before there was a time with it, and nothing else is', () => {
    expect(readLeftPlace('250')).to.deep.equal({ seconds: 250, watchedAt: 0 });
    for (const text of [null, '', 'x', '5 x', 'NaN 1']) expect(readLeftPlace(text)).to.equal(null);
  });

  it('is told every fifteen seconds at most, and at once at the end or when somebody leaves', () => {
    let now = 0;
    const told: (number | null)[] = [];
    const place = tellPlace({ now: () => now, tell: (seconds) => void told.push(seconds) });
    for (let second = 5; second <= 40; second += 5) {
      now = second * 1_000;
      place.is(second);
    }
    expect(told).to.deep.equal([15, 30]);
    place.flush();
    place.flush();
    expect(told).to.deep.equal([15, 30, 40]);
    place.is(null);
    expect(told.at(-1)).to.equal(null);
  });
});
