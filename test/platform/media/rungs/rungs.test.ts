import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { findFfmpeg } from '../../../../server/platform/media/rungs/find-ffmpeg.ts';
import {
  openRungs,
  type Rungs,
  type RungsOptions,
  type RungsState,
} from '../../../../server/platform/media/rungs/open-rungs.ts';
import { planRungs, type RungName } from '../../../../server/platform/media/rungs/plan-rungs.ts';
import type { AccessUnit, VideoTrack } from '../../../../server/platform/media/access-unit.ts';
import { until } from '../../../support/until.ts';
import { encodeOpus, encodeSource, inOrder, keepUnits, later, ofKind, type Source } from './source-units.ts';

const second = 90_000;

describe('Smaller rungs', () => {
  let source: Source;
  let rungs: Rungs;
  let outputs: Map<RungName, ReturnType<typeof keepUnits>>;
  let dropped: RungName[];
  let states: RungsState[];

  before(async () => {
    source = await encodeSource('960x540');
  });
  const open = (options: Partial<RungsOptions> = {}) => {
    outputs = new Map();
    dropped = [];
    states = [];
    rungs = openRungs({
      ffmpeg: 'ffmpeg',
      logger: createLogger('silent'),
      restartAfterMs: () => 1,
      rung(name) {
        const kept = outputs.get(name) ?? keepUnits();
        outputs.set(name, kept);
        return kept.sink;
      },
      dropRung: (name) => void dropped.push(name),
      onState: (state) => void states.push(state),
      ...options,
    });
  };
  const feed = (units: readonly AccessUnit[]) => {
    for (const unit of units) rungs.unit(unit);
  };
  const tell = ({ tracks }: Source) => {
    for (const track of tracks) rungs.track(track);
  };
  const outputOf = (name: RungName) => outputs.get(name) ?? keepUnits();
  const picturesOf = (name: RungName) => ofKind(outputOf(name).units, 'video');
  afterEach(() => rungs.stop());

  it('come out with the times and the key frames of the source, whose sound they carry', async () => {
    open();
    tell(source);
    feed(source.units);
    const sent = ofKind(source.units, 'video');
    await until('most pictures', () =>
      (['480p', '360p'] as const).every((name) => picturesOf(name).length > 60),
    );
    for (const [name, width, height] of [
      ['480p', 854, 480],
      ['360p', 640, 360],
    ] as const) {
      expect(outputOf(name).tracks).to.have.length(2);
      expect(outputOf(name).tracks.find(({ kind }) => kind === 'video')).to.include({ width, height });
      const pictures = picturesOf(name);
      expect(pictures.map(({ pts }) => pts)).to.deep.equal(
        sent.slice(0, pictures.length).map(({ pts }) => pts),
      );
      expect(pictures.map(({ isKey }) => isKey)).to.deep.equal(
        sent.slice(0, pictures.length).map(({ isKey }) => isKey),
      );
      const [sound] = ofKind(outputOf(name).units, 'audio');
      expect(sound?.data).to.deep.equal(
        ofKind(source.units, 'audio').find(({ dts }) => dts >= (sound?.dts ?? 0) - 90)?.data,
      );
    }
    expect(outputOf('audio').tracks.map(({ codecString }) => codecString)).to.deep.equal(['mp4a.40.2']);
    expect(ofKind(outputOf('audio').units, 'video')).to.deep.equal([]);
    expect(rungs.warning()).to.equal(null);
  });

  it('follow a source with B-frames by the time when its pictures are shown', async () => {
    open();
    const withB = await encodeSource('640x400', 2, ['-bf', '2', '-preset', 'veryfast']);
    tell(withB);
    feed(withB.units);
    const shown = ofKind(withB.units, 'video')
      .map(({ pts }) => pts)
      .sort((one, other) => one - other);
    const pictures = await until('most pictures', () => picturesOf('360p').length > 40 && picturesOf('360p'));
    expect(pictures.map(({ dts }) => dts)).to.deep.equal(shown.slice(0, pictures.length));
    expect([...outputs.keys()]).to.have.members(['360p', 'audio']);
  });

  it('come back by themselves after kill -9, at a later key frame, and nobody else notices', async () => {
    open();
    tell(source);
    feed(source.units);
    await until('pictures', () => picturesOf('360p').length > 10);
    process.kill(rungs.pid ?? 0, 'SIGKILL');
    await until('its end', () => states.includes('restarting'));
    const before = picturesOf('360p').length;
    await until('another start', () => states.at(-1) === 'waiting');
    feed(later(source.units, 10 * second));
    await until('pictures again', () => picturesOf('360p').length > before + 10);
    const [first] = picturesOf('360p').slice(before);
    expect(first).to.include({ isKey: true });
    expect(ofKind(source.units, 'video').map(({ pts }) => pts + 10 * second)).to.include(first?.pts);
    expect(dropped).to.deep.equal([]);
  });

  it('are given up after five deaths, and the organiser is warned', async () => {
    open({ ffmpeg: 'false' });
    tell(source);
    let round = 0;
    await until('the end of patience', () => {
      feed(later(source.units, (round += 1) * 3 * second));
      return states.at(-1) === 'off';
    });
    expect(states.filter((state) => state === 'restarting')).to.have.length(4);
    expect(dropped).to.have.members(['480p', '360p', 'audio']);
    expect(rungs.warning()).to.equal('rungs-off');
  });

  it('begin anew when the picture changes its size, and none that viewers may have chosen goes away', async () => {
    open();
    tell(source);
    feed(source.units);
    await until('pictures', () => picturesOf('480p').length > 10);
    const smaller = await encodeSource('640x400', 1);
    rungs.discontinuity();
    tell(smaller);
    feed(later(smaller.units, 20 * second));
    await until('later pictures', () => picturesOf('360p').some(({ pts }) => pts >= 20 * second));
    const lastPicture = (name: RungName) => outputOf(name).tracks.findLast(({ kind }) => kind === 'video');
    expect(lastPicture('360p')).to.include({ width: 576, height: 360 });
    await until('the other', () => picturesOf('480p').some(({ pts }) => pts >= 20 * second));
    expect(lastPicture('480p')).to.include({ width: 640, height: 400 });
    expect(dropped).to.deep.equal([]);
  });

  it('carry AAC where the source carries Opus', async () => {
    open();
    const opus = await encodeOpus(2);
    const pictures = ofKind(source.units, 'video');
    tell({ tracks: source.tracks.filter(({ kind }) => kind === 'video'), units: [] });
    tell(opus);
    feed(inOrder(pictures, opus.units));
    await until('sound', () => ofKind(outputOf('360p').units, 'audio').length > 50);
    expect(outputOf('360p').tracks.find(({ kind }) => kind === 'audio')).to.include({
      codec: 'aac',
      sampleRate: 48_000,
    });
    const sounds = ofKind(outputOf('audio').units, 'audio');
    expect(sounds[0]?.dts).to.be.closeTo(0, 0.05 * second);
    expect((sounds[40]?.dts ?? 0) - (sounds[0]?.dts ?? 0)).to.be.closeTo((40 * 1_024 * second) / 48_000, 180);
    expect(picturesOf('360p')[0]).to.include({ isKey: true, pts: pictures[0]?.pts });
  });

  it('are sound alone for a source without pictures, and pictures alone for one without sound', async () => {
    open();
    tell({ tracks: source.tracks.filter(({ kind }) => kind === 'audio'), units: [] });
    feed(ofKind(source.units, 'audio'));
    await until('sound', () => outputOf('audio').units.length > 20);
    expect([...outputs.keys()]).to.deep.equal(['audio']);
    rungs.stop();
    open();
    tell({ tracks: source.tracks.filter(({ kind }) => kind === 'video'), units: [] });
    feed(ofKind(source.units, 'video'));
    await until('pictures', () => picturesOf('360p').length > 20);
    expect([...outputs.keys()]).to.deep.equal(['480p', '360p']);
  });
});

describe('An ffmpeg that does not keep up', () => {
  let folder: string;
  let deaf: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rungs-'));
    deaf = join(folder, 'deaf');
    await writeFile(deaf, '#!/bin/sh\nexec sleep 60\n');
    await chmod(deaf, 0o755);
  });
  after(() => rm(folder, { recursive: true }));

  it('is fed no more than it can take, never waited for, and ended when it answers nothing', async () => {
    const source = await encodeSource('640x400', 1);
    const states: RungsState[] = [];
    const rungs = openRungs({
      ...{ ffmpeg: deaf, logger: createLogger('silent'), restartAfterMs: () => 60_000, silenceMs: 200 },
      ...{ rung: () => keepUnits().sink, dropRung: () => undefined },
      onState: (state) => void states.push(state),
    });
    for (const track of source.tracks) rungs.track(track);
    const large = source.units.map((unit) => ({
      ...unit,
      data: Buffer.concat([unit.data, Buffer.alloc(100_000)]),
    }));
    for (const unit of large) rungs.unit(unit);
    expect(rungs.warning()).to.equal('rungs-dropped');
    expect(states).to.deep.equal(['running']);
    let round = 0;
    await until('its end', () => {
      for (const unit of later(source.units, (round += 1) * second)) rungs.unit(unit);
      return states.at(-1) === 'restarting';
    });
    rungs.stop();
  });

  it('is told from one that is there and able', async () => {
    expect(await findFfmpeg(null)).to.include({ ok: true, file: 'ffmpeg' });
    expect(await findFfmpeg(join(folder, 'none')))
      .to.have.property('message')
      .that.contains('FFMPEG_PATH');
    expect(await findFfmpeg('true'))
      .to.have.property('message')
      .that.contains('libx264 and aac');
  });
});

describe('The plan of rungs', () => {
  const planFor = (width: number, height: number) =>
    planRungs({ video: { width, height } as VideoTrack, audio: null }).map(({ name, picture }) => [
      name,
      picture?.width,
      picture?.height,
    ]);

  it('has only what is smaller than the source, in its shape, upright ones too', () => {
    expect(planFor(1_920, 1_080)).to.deep.equal([
      ['480p', 854, 480],
      ['360p', 640, 360],
    ]);
    expect(planFor(720, 1_280)).to.deep.equal([
      ['480p', 480, 854],
      ['360p', 360, 640],
    ]);
    expect(planFor(854, 480)).to.deep.equal([['360p', 640, 360]]);
    expect(planFor(640, 360)).to.deep.equal([]);
  });
});
