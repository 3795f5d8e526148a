import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { expect } from 'chai';
import type { AccessUnit } from '../../../../server/platform/media/access-unit.ts';
import { createDiskStore } from '../../../../server/platform/media/packaging/disk-store.ts';
import { openRun } from '../../../../server/platform/media/packaging/open-run.ts';
import { openRecordings, type Recordings } from '../../../../server/platform/media/recording/recording.ts';
import { checkPlaylist } from '../../../support/playlist-checker.ts';
import { until } from '../../../support/until.ts';
import { begin, makeRun, readFixture, runId, streamId, type MadeRun } from '../packaging/made-run.ts';
import { videoTrack, audioTrack, madeUnits } from '../packaging/made-units.ts';

const at = (seconds: number) => Date.parse(begin) + seconds * 1_000;
const ffmpeg = ['/usr/bin/ffmpeg', '/usr/local/bin/ffmpeg'].find((path) => existsSync(path)) ?? null;

describe('recordings', () => {
  let made: MadeRun;
  let recordings: Recordings;
  beforeEach(async () => {
    made = await makeRun();
    recordings = openRecordings({ dataDirectory: made.directory, ffmpegPath: ffmpeg });
  });
  afterEach(() => made.close());

  const range = (from: number, to: number) => ({ streamId, from: at(from), to: at(to) });

  /** The fixture again and again: 5 s each. */
  async function recordFixture(times: number): Promise<readonly AccessUnit[]> {
    const { tracks, units } = await readFixture();
    tracks.forEach((track) => made.run.track(track));
    const all = Array.from({ length: times }, (_, round) =>
      units.map((unit) => ({ ...unit, dts: unit.dts + round * 450_000, pts: unit.pts + round * 450_000 })),
    ).flat();
    made.send(all);
    await made.run.end();
    return all;
  }

  it('is the very segments that were live, trimmed, and begins exactly', async () => {
    await recordFixture(4);
    const recording = await recordings.readRecording(range(5, 15));
    expect(recording).to.include({ durationMs: 10_000, isWhole: true });
    expect(recording.rungs).to.deep.equal(['source']);
    const text = recording.playlist('source') ?? '';
    const playlist = checkPlaylist(text);
    expect(playlist.complaints, text).to.deep.equal([]);
    expect(playlist.segments.map(({ uri }) => uri)).to.deep.equal(
      [2, 3, 4, 5, 6, 7].map((msn) => `${runId}/source/s${msn}.m4s`),
    );
    expect(text).to.include('#EXT-X-START:TIME-OFFSET=0.977,PRECISE=YES');
    expect(recording.multivariant()).to.match(
      /BANDWIDTH=\d+,.*RESOLUTION=320x180,FRAME-RATE=25\.000\nsource\.m3u8/,
    );
    expect(await recording.object(runId, 'source', 's2.m4s')).to.be.instanceOf(Buffer);
    expect(await recording.object(runId, 'source', 'init-0.mp4')).to.be.instanceOf(Buffer);
    for (const [run, rung, name] of [
      [runId, 'source', 's1.m4s'],
      [runId, 'source', '../index.ndjson'],
      [runId, '..', 'index.ndjson'],
      ['run-00000002', 'source', 's2.m4s'],
    ] as const)
      expect(await recording.object(run, rung, name)).to.equal(null);
  });

  it('says what is still to come and what is missing', async () => {
    made.run.track(videoTrack());
    made.send(madeUnits({ seconds: 9, withSound: false }));
    await until('a first segment', async () => {
      const { durationMs, isWhole } = await recordings.readRecording(range(0, 60));
      return durationMs > 0 && !isWhole;
    });
    await made.run.end();
    const whole = await recordings.readRecording(range(0, 60));
    expect(whole).to.include({ isWhole: true });
    expect(whole.durationMs).to.be.closeTo(9_000, 40);
    expect(await recordings.readRecording(range(500, 600))).to.include({ durationMs: 0, bytes: 0 });
    expect(
      (await recordings.readRecording({ ...range(0, 60), streamId: 'stream-0009' })).rungs,
    ).to.deep.equal([]);
  });

  it('joins runs, each after a discontinuity with its own init', async () => {
    await recordFixture(2);
    made.clock.advance({ seconds: 30 });
    const second = openRun({
      ...{ streamId, runId: 'run-00000002', clock: made.clock, store: createDiskStore(made.directory) },
      onWriteError: () => undefined,
    });
    const { tracks, units } = await readFixture();
    tracks.forEach((track) => second.track(track));
    units.forEach((unit) => second.unit(unit));
    await second.end();
    const recording = await recordings.readRecording(range(0, 100));
    const playlist = checkPlaylist(recording.playlist('source') ?? '');
    expect(playlist.complaints).to.deep.equal([]);
    expect(
      playlist.segments.filter(({ discontinuity }) => discontinuity).map(({ uri }) => uri),
    ).to.deep.equal(['run-00000002/source/s0.m4s']);
    expect(playlist.segments.at(-1)?.map).to.equal('run-00000002/source/init-0.mp4');
    const file = await recordings.makeFile(range(0, 100), 'file-0001');
    expect(file?.thumbnails).to.equal(ffmpeg ? 5 : 0);
    expect(await durationOf('file-0001')).to.be.closeTo(15, 0.1);
  });

  const fileOf = (fileId: string) => readFile(recordings.pathOfFile(streamId, `${fileId}.mp4`) ?? '');
  async function durationOf(fileId: string): Promise<number> {
    const input = new Input({ source: new BufferSource(await fileOf(fileId)), formats: ALL_FORMATS });
    return input.computeDuration();
  }

  it('makes one MP4 with its index in front, exactly as long as was asked, that other readers read', async () => {
    const units = await recordFixture(3);
    const asked = [1, 2].map(() => recordings.makeFile(range(3, 12.5), 'file-0001'));
    const [first, again] = await Promise.all(asked);
    expect(first).to.deep.equal(again);
    const bytes = await fileOf('file-0001');
    expect(bytes.length).to.equal(first?.bytes);
    expect(bytes.indexOf('moov')).to.be.lessThan(bytes.indexOf('mdat'));
    const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
    const video = await input.getPrimaryVideoTrack();
    const packets = [];
    if (video) for await (const packet of new EncodedPacketSink(video).packets()) packets.push(packet);
    const sent = units.filter(({ kind }) => kind === 'video').slice(50, 50 + packets.length);
    expect(packets.length).to.be.at.least(Math.floor(9.5 * 25));
    expect(packets.map(({ data }) => Buffer.from(data).toString('hex'))).to.deep.equal(
      sent.map(({ data }) => data.toString('hex')),
    );
    if (ffmpeg) {
      const path = recordings.pathOfFile(streamId, 'file-0001.mp4') ?? '';
      const probe = execFileSync(ffmpeg.replace('ffmpeg', 'ffprobe'), [
        ...['-v', 'error', '-show_entries', 'format=duration:stream=codec_name,duration', '-of', 'csv', path],
      ]).toString();
      expect(probe)
        .to.match(/h264,9\.5\d*\n/)
        .and.match(/aac,9\.[45]\d*\n/)
        .and.match(/format,9\.5/);
      const decoded = execFileSync(ffmpeg, ['-v', 'error', '-i', path, '-f', 'null', '-'], { stdio: 'pipe' });
      expect(decoded.toString()).to.equal('');
    }
    expect(await readdir(join(made.directory, 'live', streamId, 'files'))).not.to.include(
      'file-0001.mp4.part',
    );
    expect(await recordings.makeFile(range(500, 600), 'file-0002')).to.equal(null);
  });

  it('closes holes in the MP4, though the encoder was away for a minute and came back larger', async () => {
    made.run.track(videoTrack());
    made.run.track(audioTrack());
    made.send(madeUnits({ seconds: 4 }));
    made.run.away();
    made.clock.advance({ seconds: 60 });
    made.run.switchInput();
    made.run.back();
    made.run.track(videoTrack(640, 360));
    made.run.track(audioTrack());
    made.send(madeUnits({ seconds: 4, from: 900_000 }));
    await made.run.end();
    const recording = await recordings.readRecording(range(0, 100));
    expect(recording.durationMs).to.be.closeTo(8_000, 100);
    await recordings.makeFile(range(0, 100), 'file-0001');
    expect(await durationOf('file-0001')).to.be.closeTo(8, 0.1);
  });

  it('leaves out of the MP4 what nothing says how to read, and keeps the places of the rest', async () => {
    made.run.track(videoTrack());
    made.run.track(audioTrack());
    made.send(madeUnits({ seconds: 4 }));
    made.run.switchInput();
    made.run.track(videoTrack(640, 360));
    made.run.track(audioTrack());
    made.send(madeUnits({ seconds: 4, from: 900_000 }));
    await made.run.end();
    await rm(join(made.directory, 'live', streamId, runId, 'source', 'init-1.mp4'));
    const file = await recordings.makeFile(range(0, 100), 'file-0001');
    expect((await fileOf('file-0001')).length).to.equal(file?.bytes);
    expect(await durationOf('file-0001')).to.be.closeTo(4, 0.1);
  });

  it('passes over a segment that is lost and a line that is half written', async () => {
    await recordFixture(3);
    const folder = join(made.directory, 'live', streamId, runId);
    await rm(join(folder, 'source', 's3.m4s'));
    await appendFile(join(folder, 'index.ndjson'), '{"kind":"segment","rung":"sou');
    const file = await recordings.makeFile(range(0, 100), 'file-0001');
    expect(file?.bytes).to.be.greaterThan(0);
    expect(await durationOf('file-0001')).to.be.greaterThan(12);
  });

  it('erases from a run whose process died in the middle of a line', async () => {
    await recordFixture(2);
    const index = join(made.directory, 'live', streamId, runId, 'index.ndjson');
    await appendFile(index, '{"kind":"segment","rung":"sou');
    await recordings.erase(range(0, 4), []);
    const fresh = openRecordings({ dataDirectory: made.directory, ffmpegPath: ffmpeg });
    const { durationMs } = await fresh.readRecording(range(0, 100));
    expect(durationMs).to.be.within(3_000, 7_000);
  });

  it('erases what overlaps, and the files; a name that is not ours reaches nothing', async () => {
    await recordFixture(4);
    await recordings.makeFile(range(0, 20), 'file-0001');
    await recordings.erase(range(0, 10), ['file-0001']);
    const left = await recordings.readRecording(range(0, 100));
    expect(left.durationMs).to.be.closeTo(10_000, 50);
    const folder = join(made.directory, 'live', streamId);
    expect(await readdir(join(folder, runId, 'source'))).not.to.include('s0.m4s');
    expect(await readdir(join(folder, 'files'))).to.deep.equal([]);
    await recordings.erase(range(0, 100), []);
    expect(existsSync(join(folder, runId))).to.equal(false);
    expect(recordings.pathOfFile(streamId, '../../x.mp4')).to.equal(null);
    const failure = await recordings.readRecording({ ...range(0, 1), streamId: '../..' }).catch(String);
    expect(failure).to.include('not ours');
  });
});
