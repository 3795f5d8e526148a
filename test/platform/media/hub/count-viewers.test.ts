import { expect } from 'chai';
import { countViewers } from '../../../../server/platform/media/hub/count-viewers.ts';

describe('the count of viewers', () => {
  it('holds who keeps asking, and leaves out who stopped ten seconds ago, stream by stream', () => {
    let now = 0;
    const viewers = countViewers(() => now);
    viewers.saw('stream-1', 'gone');
    viewers.saw('stream-2', 'gone');
    for (; now < 20_000; now += 250) viewers.saw('stream-1', 'stays');
    viewers.saw('stream-1', 'new');
    expect(viewers.count('stream-1')).to.equal(2);
    expect(viewers.count('stream-2')).to.equal(0);
    now += 9_000;
    viewers.saw('stream-2', 'back');
    expect([viewers.count('stream-1'), viewers.count('stream-2')]).to.deep.equal([1, 1]);
    now += 10_000;
    expect([viewers.count('stream-1'), viewers.count('stream-2')]).to.deep.equal([0, 0]);
  });
});
