import { expect } from 'chai';
import { findHoles } from '../../../../server/platform/media/recording/find-holes.ts';
import type { Stretch } from '../../../../server/platform/media/recording/replay-playlists.ts';

const stretch = (...spans: readonly (readonly [number, number])[]) =>
  ({ segments: spans.map(([at, end]) => ({ at, ticks: (end - at) * 90 })) }) as unknown as Stretch;

describe('where nothing was recorded', () => {
  it('is before the encoder came, while it was away and after it left, over all runs', () => {
    const runs = [stretch([5_000, 7_000], [7_050, 9_000]), stretch([30_000, 32_000])];
    expect(findHoles(runs, { from: 1_000, to: 40_000 })).to.deep.equal([
      { from: 1_000, to: 5_000 },
      { from: 9_000, to: 30_000 },
      { from: 32_000, to: 40_000 },
    ]);
  });

  it('is nowhere when it is whole, and not said when nothing is there at all', () => {
    expect(findHoles([stretch([0, 2_000], [1_900, 4_000])], { from: 500, to: 4_100 })).to.deep.equal([]);
    expect(findHoles([], { from: 0, to: 1_000 })).to.deep.equal([]);
  });
});
