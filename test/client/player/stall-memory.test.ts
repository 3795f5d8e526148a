import { expect } from 'chai';
import { createStallMemory } from '../../../client/player/stall-memory.ts';

describe('what a player remembers of halts', () => {
  it('is forgotten once after a calm minute', () => {
    const memory = createStallMemory();
    expect(memory.mayForget(100_000)).to.equal(false);
    memory.stalled(0);
    memory.stalled(30_000);
    expect(memory.mayForget(89_999)).to.equal(false);
    expect(memory.mayForget(90_000)).to.equal(true);
    expect(memory.mayForget(200_000)).to.equal(false);
  });

  it('is kept twice as long each time, a quarter of an hour at most, on a line that halts again', () => {
    const memory = createStallMemory();
    const kept = [1, 2, 4, 8, 15, 15].map((minutes, turn) => {
      const at = turn * 10_000_000;
      memory.stalled(at);
      return [memory.mayForget(at + minutes * 60_000 - 1), memory.mayForget(at + minutes * 60_000)];
    });
    expect(kept).to.deep.equal(kept.map(() => [false, true]));
  });
});
