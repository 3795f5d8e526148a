import { expect } from 'chai';
import { readTogether } from '../../../server/platform/database/read-together.ts';
import { keepStep } from '../../../server/platform/realtime/keep-step.ts';

describe('keeping step', () => {
  it('lets the first go at once, and who comes soon after it together, none sooner than the step', async () => {
    const inStep = keepStep(60);
    const order: string[] = [];
    const go = async (name: string) => {
      await inStep();
      order.push(name);
      return performance.now();
    };
    const first = await go('first');
    expect(order).to.deep.equal(['first']);
    const [second, third] = await Promise.all([go('second'), go('third')]);
    expect(order).to.deep.equal(['first', 'second', 'third']);
    expect(second - first).to.be.at.least(55);
    expect(third - second).to.be.below(30);
    const fourth = await go('fourth');
    expect(fourth - second).to.be.at.least(55);
  });

  it('asks once for all that is asked in a turn, and anew for what is asked while that is under way', async () => {
    const asked: string[] = [];
    const stored = new Map([
      ['a', 1],
      ['b', 1],
    ]);
    const read = readTogether<{ id: string; version: number }>(
      async (scope, keys) => {
        asked.push(`${scope} ${keys.join('+')}`);
        const found = keys.flatMap((id) => ({ id, version: stored.get(id) ?? 0 }));
        await new Promise(setImmediate);
        return found.filter(({ version }) => version > 0).reverse();
      },
      ({ id }) => id,
    );
    const together = [read('event', 'a'), read('event', 'b'), read('event', 'a'), read('event', 'nobody')];
    const elsewhere = read('other', 'a');
    while (asked.length === 0) await new Promise(setImmediate);
    stored.set('a', 2);
    const later = read('event', 'a');
    const versions = (await Promise.all([...together, elsewhere, later])).map(
      (found) => found?.version ?? null,
    );
    expect(versions).to.deep.equal([1, 1, 1, null, 1, 2]);
    expect(asked).to.deep.equal(['event a+b+nobody', 'other a', 'event a']);
  });
});
