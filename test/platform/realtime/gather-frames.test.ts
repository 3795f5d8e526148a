import { expect } from 'chai';
import { gatherForMs, gatherFrames } from '../../../server/platform/realtime/gather-frames.ts';
import { until } from '../../support/until.ts';

describe('frames of a room', () => {
  it('go at once after a silence, then gather, and keep every message in order', async () => {
    const sent: { room: string; items: readonly number[]; at: number }[] = [];
    const frames = gatherFrames<number>({
      send: (room, items) => void sent.push({ room, items, at: performance.now() }),
      roomSize: () => 10,
    });
    frames.add('a', [1]);
    expect(sent.map(({ items }) => items)).to.deep.equal([[1]]);
    for (let n = 2; n <= 20; n += 1) frames.add('a', [n]);
    frames.add('b', [1, 2]);
    expect(sent.at(-1)).to.deep.include({ room: 'b', items: [1, 2] });
    expect(sent).to.have.length(2);
    await until('the gathered frame', () => sent.length === 3);
    expect(sent[2]?.items).to.deep.equal(Array.from({ length: 19 }, (_, n) => n + 2));
    expect((sent[2]?.at ?? 0) - (sent[0]?.at ?? 0)).to.be.within(95, 149);
    frames.add('a', [21]);
    expect(sent).to.have.length(3);
    frames.stop();
    expect(sent.at(-1)).to.deep.include({ room: 'a', items: [21] });
  });

  it('come at most ten times a second, and a little less often in a large and busy room', () => {
    expect(gatherForMs(1, 1, Infinity)).to.equal(100);
    expect(gatherForMs(10, 5, 100)).to.be.within(100, 101);
    expect(gatherForMs(10_000, 50, 100)).to.be.within(110, 140);
  });
});
