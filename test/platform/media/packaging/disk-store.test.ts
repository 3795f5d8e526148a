import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { createDiskStore } from '../../../../server/platform/media/packaging/disk-store.ts';
import { parseIndex } from '../../../../server/platform/media/packaging/run-index.ts';
import { until } from '../../../support/until.ts';
import { dataOf, listSamples, makeRun, runId, streamId } from './made-run.ts';
import { audioTrack, madeUnits, videoTrack } from './made-units.ts';

const inRun = (directory: string, ...path: string[]) => join(directory, 'live', streamId, runId, ...path);
const indexOf = async (directory: string) =>
  parseIndex(await readFile(inRun(directory, 'index.ndjson'), 'utf8'));

describe('keeping a run on disk', () => {
  it('names a segment in the index once its file is there, and leaves no half files', async () => {
    const made = await makeRun();
    made.run.track(videoTrack());
    made.run.track(audioTrack());
    made.send(madeUnits({ seconds: 8 }));
    await made.run.end();
    const lines = await indexOf(made.directory);
    expect(lines.map(({ kind }) => kind)).to.deep.equal([
      ...['run', 'init', 'segment', 'segment', 'segment', 'segment', 'ended'],
    ]);
    expect(lines[0]).to.deep.include({ targetDuration: 2 });
    expect(lines[2]).to.deep.include({ rung: 'source', msn: 0, ticks: 180_000, pictures: 60, init: 0 });
    expect((await readdir(inRun(made.directory, 'source'))).sort()).to.deep.equal([
      ...['init-0.mp4', 's0.m4s', 's1.m4s', 's2.m4s', 's3.m4s'],
    ]);
    await made.close();
  });

  it('goes on after the process died: next number, after a discontinuity, at the wall clock', async () => {
    const made = await makeRun();
    const tracks = [videoTrack(), audioTrack()];
    tracks.forEach((track) => made.run.track(track));
    const before = madeUnits({ seconds: 7 });
    made.send(before);
    await until('three segments', async () => {
      const lines = await indexOf(made.directory).catch(() => []);
      return lines.filter(({ kind }) => kind === 'segment').length === 3;
    });
    await appendFile(inRun(made.directory, 'index.ndjson'), '{"kind":"segment","rung":"source","ms');
    made.clock.advance({ seconds: 20 });
    const again = await made.reopen();
    expect(again.run.startedAt).to.equal(Date.parse('2027-03-01T10:00:00Z'));
    expect(again.check()?.segments.map(({ msn }) => msn)).to.deep.equal([0, 1, 2]);
    expect(again.run.renditions[0]?.describe()).to.include({ codecs: 'avc1.42c00d,mp4a.40.2', width: 320 });
    expect(await again.run.renditions[0]?.object('init-0.mp4')).to.be.instanceOf(Buffer);
    tracks.forEach((track) => again.run.track(track));
    const after = madeUnits({ seconds: 6, from: 123_456 });
    again.send(after);
    await again.run.end();
    const playlist = again.check();
    expect(playlist?.segments.map(({ msn }) => msn)).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(playlist?.segments.map(({ discontinuity }) => discontinuity).indexOf(true)).to.equal(3);
    expect(playlist?.segments[3]?.at).to.be.closeTo(Date.parse('2027-03-01T10:00:27Z'), 100);
    expect(playlist?.segments[3]?.map).to.equal('init-1.mp4');
    const [source] = again.run.renditions;
    const samples = source ? await listSamples(source) : [];
    const kept = before.filter(({ kind, dts }) => kind === 'video' && dts < 6 * 90_000);
    expect(dataOf(samples, 'video')).to.deep.equal(dataOf([...kept, ...after], 'video'));
    expect(again.run.recordedMs).to.be.closeTo(12_000, 50);
    const other = await again.reopen().catch(String);
    expect(other, 'a run that has ended').to.include('Nothing to go on with');
    await made.close();
  });

  it('tells of a disk that takes nothing, while viewers go on from memory', async () => {
    const made = await makeRun();
    await mkdir(join(made.directory, 'live', streamId), { recursive: true });
    // A file where the run's folder should be: every write fails, also for root.
    await writeFile(inRun(made.directory), '');
    made.run.track(videoTrack());
    made.send(madeUnits({ seconds: 9, withSound: false }));
    await made.run.end();
    expect(made.errors.length).to.be.greaterThan(3);
    const [source] = made.run.renditions;
    expect(await source?.object('s2.m4s')).to.be.instanceOf(Buffer);
    expect(await source?.object('init-0.mp4')).to.be.instanceOf(Buffer);
    await made.close();
  });

  it('stops recording and begins again, at whole segments', async () => {
    const made = await makeRun();
    made.run.track(videoTrack());
    made.send(madeUnits({ seconds: 4.5, withSound: false }));
    made.run.record(false);
    made.run.track(videoTrack(640, 360));
    made.send(madeUnits({ seconds: 4, withSound: false, from: 4.5 * 90_000 }));
    made.run.record(true);
    made.send(madeUnits({ seconds: 4, withSound: false, from: 8.5 * 90_000 }));
    await made.run.end();
    const lines = await indexOf(made.directory);
    const kept = lines.flatMap((line) => (line.kind === 'segment' ? [line.msn] : []));
    expect(kept.slice(0, 2)).to.deep.equal([0, 1]);
    expect(kept).not.to.include(2);
    expect(kept.at(-1)).to.be.greaterThan(3);
    const ticks = lines.reduce((sum, line) => sum + (line.kind === 'segment' ? line.ticks : 0), 0);
    expect(made.run.recordedMs, 'what is said to be recorded').to.be.closeTo(ticks / 90, 1);
    // What was set up in between is needed by what came after.
    expect(lines.filter(({ kind }) => kind === 'init')).to.have.length(2);
    expect(await readdir(inRun(made.directory, 'source'))).to.include('init-1.mp4');
    await made.close();
  });

  it('writes below its own folder only', () => {
    const store = createDiskStore('/nowhere');
    expect(() => store.create('../../etc', runId, () => undefined)).to.throw('not ours');
    expect(() => store.create(streamId, '..', () => undefined)).to.throw('not ours');
  });

  it('reads an index with junk in it', () => {
    const good = '{"kind":"ended"}';
    expect(parseIndex(`{}\nnull\n\n[1]\n"x"\n{"kind":"segment","msn":-1}\n${good}\n${good}`)).to.deep.equal([
      { kind: 'ended' },
    ]);
  });
});
