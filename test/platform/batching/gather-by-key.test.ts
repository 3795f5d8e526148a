import { expect } from 'chai';
import { gatherByKey } from '../../../server/platform/batching/gather-by-key.ts';

describe('gathering by key', () => {
  it('runs the first at once and gathers what comes meanwhile, in order and in bounded batches', async () => {
    const batches: number[][] = [];
    const open: (() => void)[] = [];
    const add = gatherByKey<number, number>(
      async (_key, items) => {
        batches.push([...items]);
        await new Promise<void>((resolve) => open.push(resolve));
        return items.map((item) => item * 10);
      },
      { atMost: 2 },
    );
    const answers = Promise.all([1, 2, 3, 4].map((item) => add('a', item)));
    expect(batches).to.deep.equal([[1]]);
    for (let batch = 0; batch < 3; batch += 1) {
      open[batch]?.();
      await new Promise(setImmediate);
    }
    expect(await answers).to.deep.equal([10, 20, 30, 40]);
    expect(batches).to.deep.equal([[1], [2, 3], [4]]);
  });

  it('waits for company when it is asked to, unless the batch is full', async () => {
    const batches: number[][] = [];
    const add = gatherByKey<number, number>(
      (_key, items) => {
        batches.push([...items]);
        return Promise.resolve([...items]);
      },
      { atMost: 3, waitMs: 5 },
    );
    await Promise.all([1, 2, 3, 4].map((item) => add('a', item)));
    expect(batches).to.deep.equal([[1, 2, 3], [4]]);
  });

  it('does not let one key wait for another', async () => {
    const add = gatherByKey<string, string>(
      (key, items) => (key === 'stuck' ? new Promise(() => undefined) : Promise.resolve([...items])),
      { atMost: 5 },
    );
    void add('stuck', 'never');
    expect(await add('free', 'at once')).to.equal('at once');
  });

  it('rejects a batch that fails, and goes on with the next', async () => {
    let runs = 0;
    const add = gatherByKey<string, string>(
      (_key, items) => {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error('broken')) : Promise.resolve([...items]);
      },
      { atMost: 5 },
    );
    const [first, second] = await Promise.allSettled([add('a', 'one'), add('a', 'two')]);
    expect(first.status).to.equal('rejected');
    expect(second).to.deep.equal({ status: 'fulfilled', value: 'two' });
  });
});
