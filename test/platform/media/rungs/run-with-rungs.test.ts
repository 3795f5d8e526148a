import { expect } from 'chai';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { openRungs } from '../../../../server/platform/media/rungs/open-rungs.ts';
import { until } from '../../../support/until.ts';
import { makeRun } from '../packaging/made-run.ts';
import { encodeSource } from './source-units.ts';

describe('The rungs of a run', () => {
  it('are cut where the source is, and keep the rules of playlists through a gap that kill -9 leaves', async () => {
    const source = await encodeSource('640x400', 9);
    const made = await makeRun();
    const { run } = made;
    const between = (from: number, to: number) =>
      source.units.filter(({ dts }) => dts >= from * 90_000 && dts < to * 90_000);
    const rendition = (name: string) => run.renditions.find((one) => one.name === name);
    const missed = between(4, 6.5);
    let starts = 0;
    const rungs = openRungs({
      ...{ ffmpeg: 'ffmpeg', logger: createLogger('silent'), restartAfterMs: () => 1 },
      rung: (name) => run.rung(name),
      dropRung: (name) => run.dropRung(name),
      onState(state) {
        if (state === 'restarting') made.send(missed);
        if (state === 'waiting') starts += 1;
      },
    });
    const untap = run.tap(rungs);
    for (const track of source.tracks) run.track(track);
    const listOf = (name: string) => {
      const found = rendition(name);
      return found?.describe() ? made.check(found) : null;
    };

    made.send(between(0, 4));
    await until('a second segment', () => (listOf('360p')?.segments.length ?? 0) >= 1);
    process.kill(rungs.pid ?? 0, 'SIGKILL');
    await until('another start', () => starts === 1);
    made.send(between(6.5, 9));
    const small = await until('the segment after the gap', () => {
      const list = listOf('360p');
      return list && list.segments.length + list.firstMsn >= 3 && list;
    });
    const large = listOf('source');
    expect(small.complaints).to.deep.equal([]);
    expect(small.segments.map(({ msn, at }) => [msn, at])).to.deep.equal(
      large?.segments.slice(0, small.segments.length).map(({ msn, at }) => [msn, at]),
    );
    expect(listOf('audio')?.complaints).to.deep.equal([]);
    untap();
    rungs.stop();
    await made.close();
  });
});
