import { expect } from 'chai';
import { createReplayTimes, sameTimes } from '../../../client/player/replay-times.ts';

/** Three pieces of two seconds, then a minute without encoder, then two more. */
const pieces = [0, 2_000, 4_000, 66_000, 68_000].map((at, index) => ({
  start: index * 2,
  duration: 2,
  at: 1_000_000 + at,
}));

describe('the times of a replay', () => {
  it('begin with the replay, and not with the piece that holds its first picture', () => {
    const times = createReplayTimes(pieces, 1.5);
    expect(times.toReplay(1.5)).to.equal(0);
    expect(times.toReplay(0)).to.equal(0);
    expect(times.toVideo(0)).to.equal(1.5);
    expect(times.toVideo(2)).to.equal(3.5);
  });

  it('go on by the wall’s clock over a gap, as captions and chapters do', () => {
    const times = createReplayTimes(pieces, 0);
    expect(times.toReplay(5)).to.equal(5);
    expect(times.toReplay(6.5)).to.equal(66.5);
    expect(times.toVideo(66.5)).to.equal(6.5);
    // Said while nothing came: the first picture after it.
    expect(times.toVideo(30)).to.equal(6);
    expect(times.toVideo(9_999)).to.equal(10);
  });

  it('come back as they were, anywhere outside a gap', () => {
    const times = createReplayTimes(pieces, 0.7);
    for (let video = 0.7; video < 10; video += 0.31)
      expect(times.toVideo(times.toReplay(video))).to.be.closeTo(video, 1e-6);
  });

  it('are the video’s own where pieces say no time', () => {
    expect(createReplayTimes([], 3)).to.equal(sameTimes);
  });
});
