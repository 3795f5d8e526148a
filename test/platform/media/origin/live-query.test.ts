import { expect } from 'chai';
import { readLiveQuery } from '../../../../server/platform/media/origin/live-query.ts';

describe('the query of a live playlist', () => {
  it('is read the same the second time as the first', () => {
    for (const time of ['first', 'second']) {
      expect(readLiveQuery('_HLS_msn=7&_HLS_part=2&_HLS_skip=YES&dvr=1'), time).to.deep.equal({
        ...{ msn: 7, part: 2, skip: true, dvr: true },
      });
      expect(readLiveQuery('_HLS_msn=8&_HLS_skip=no'), time).to.deep.equal({
        ...{ msn: 8, part: null, skip: false, dvr: false },
      });
      expect(readLiveQuery(''), time).to.deep.equal({ msn: null, part: null, skip: false, dvr: false });
      expect(readLiveQuery('_HLS_part=1'), time).to.equal(null);
    }
  });

  it('is read right after a thousand others', () => {
    for (let msn = 0; msn < 1_000; msn += 1)
      expect(readLiveQuery(`_HLS_msn=${msn}&_HLS_part=0`)).to.include({ msn, part: 0 });
    expect(readLiveQuery('_HLS_msn=0&_HLS_part=0')).to.include({ msn: 0, part: 0 });
  });
});
