import { expect } from 'chai';
import { createWaitingList } from '../../../../server/platform/media/packaging/wait-for-parts.ts';

describe('the list of those who wait for a part', () => {
  it('answers all who wait for one thing at once, and leaves the others waiting', async () => {
    const list = createWaitingList<string>(60_000);
    const all = ['7.2', '7.2', '7.3'].map((key) => list.wait(key));
    list.settle((key) => (key === '7.2' ? 'there' : undefined));
    expect(await Promise.all(all.slice(0, 2))).to.deep.equal(['there', 'there']);
    list.settle(() => null);
    expect(await all[2]).to.equal(null);
  });

  it('answers with nothing when it took too long, and lets the next one wait anew', async () => {
    const list = createWaitingList<string>(1);
    expect(await list.wait('7.2')).to.equal(null);
    const again = list.wait('7.2');
    list.settle(() => 'there');
    expect(await again).to.equal('there');
  });
});
