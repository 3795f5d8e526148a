import { expect } from 'chai';
import { checkPlaylist } from '../../../support/playlist-checker.ts';
import { until } from '../../../support/until.ts';
import { dataOf, listSamples, makeRun, type MadeRun } from './made-run.ts';
import { audioTrack, madeUnits, picture, videoTrack } from './made-units.ts';

describe('packaging a run', () => {
  let made: MadeRun;
  beforeEach(async () => {
    made = await makeRun();
  });
  afterEach(() => made.close());

  const start = () => {
    made.run.track(videoTrack());
    made.run.track(audioTrack());
  };
  const source = () => {
    const [first] = made.run.renditions;
    if (!first) throw new Error('no source');
    return first;
  };

  it('cuts segments of 2 s at key frames and parts of half a second, and loses nothing', async () => {
    start();
    const units = madeUnits({ seconds: 21, group: 30 });
    made.send(units);
    await made.run.end();
    const playlist = made.check();
    expect(playlist?.targetDuration).to.equal(2);
    expect(playlist?.segments.slice(0, 10).map(({ duration }) => duration)).to.deep.equal(Array(10).fill(2));
    expect(playlist?.hasEnded).to.equal(true);
    const samples = await listSamples(source());
    expect(dataOf(samples, 'video')).to.deep.equal(dataOf(units, 'video'));
    expect(dataOf(samples, 'audio')).to.deep.equal(dataOf(units, 'audio'));
    expect(made.run.recordedMs).to.be.closeTo(21_000, 50);
    expect(made.errors).to.deep.equal([]);
  });

  it('lists six segments, the parts of the last three, and hints at the next part', () => {
    start();
    made.send(madeUnits({ seconds: 20.8 }));
    const live = checkPlaylist(source().playlist({ skip: false, dvr: false }));
    expect(live.segments.map(({ msn }) => msn)).to.deep.equal([4, 5, 6, 7, 8, 9]);
    expect(live.segments.map(({ parts }) => parts.length)).to.deep.equal([0, 0, 0, 4, 4, 4]);
    expect(live.segments.at(-1)?.parts.map(({ isIndependent }) => isIndependent)).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
    expect(live.openParts).to.have.length(1);
    expect(live.hint).to.equal('s10.p1.m4s');
    const delta = checkPlaylist(source().playlist({ skip: true, dvr: true }));
    expect(delta.skipped).to.be.greaterThan(0);
    expect(delta.skipped + delta.segments.length).to.equal(10);
  });

  it('fixes the target duration by the first group of pictures, and cuts longer ones in the middle', () => {
    start();
    made.send(madeUnits({ seconds: 8, group: 120 }));
    expect(made.check()?.targetDuration).to.equal(4);
    made.send(madeUnits({ seconds: 12, group: 900, from: 8 * 90_000 }));
    const playlist = made.check();
    expect(playlist?.targetDuration).to.equal(4);
    expect(playlist?.segments.length).to.be.at.least(4);
    expect(source().playlist({ skip: false, dvr: true })).not.to.include('INDEPENDENT-SEGMENTS');
  });

  it('shows nothing before the first group of pictures is whole, then all parts of it', async () => {
    start();
    made.send(madeUnits({ seconds: 2 }));
    expect(source().describe()).to.equal(null);
    const waited = source().whenPublished(0, 2);
    made.send(madeUnits({ seconds: 0.3, from: 2 * 90_000 }));
    expect(await waited).to.equal('published');
    expect(source().describe()).to.include({ codecs: 'avc1.42c00d,mp4a.40.2', width: 320, frameRate: 30 });
  });

  it('answers who waits for a part when it is there, and refuses what is too far ahead', async () => {
    start();
    made.send(madeUnits({ seconds: 4.1 }));
    expect(await source().whenPublished(1, null)).to.equal('published');
    expect(await source().whenPublished(0, 9)).to.equal('published');
    expect(await source().whenPublished(5, 0)).to.equal('too-far');
    const part = source().whenPublished(2, 0);
    const hinted = source().object('s2.p0.m4s');
    made.send(madeUnits({ seconds: 0.7, from: 4.1 * 90_000, group: 900 }));
    expect(await part).to.equal('published');
    expect((await hinted)?.subarray(4, 8).toString()).to.equal('moof');
    expect(await source().object('s2.p7.m4s')).to.equal(null);
    expect(await source().object('../s2.m4s')).to.equal(null);
  });

  it('answers at once while the encoder is away, and shows all it sent', async () => {
    start();
    made.send(madeUnits({ seconds: 5.3 }));
    const waited = source().whenPublished(3, 0);
    made.run.away();
    expect(await waited).to.equal('late');
    expect(await source().whenPublished(3, 1)).to.equal('late');
    expect(made.check()?.segments.at(-1)?.duration).to.be.closeTo(1.3, 0.01);
    expect(made.check()?.hint).to.equal(null);
  });

  it('still tells of its picture to who comes while the camera is off', () => {
    start();
    made.send(madeUnits({ seconds: 4.1 }));
    made.run.switchInput();
    made.run.track(audioTrack());
    made.send(madeUnits({ seconds: 6, from: 5 * 90_000 }).filter(({ kind }) => kind === 'audio'));
    const playlist = source().playlist({ skip: false, dvr: false });
    expect(playlist.slice(playlist.lastIndexOf('#EXT-X-MAP'))).to.include('init-1.mp4');
    expect(source().describe()).to.include({ codecs: 'avc1.42c00d,mp4a.40.2', width: 320, height: 180 });
  });

  it('goes on after a discontinuity at the time of the wall clock when the encoder comes back', async () => {
    start();
    const before = madeUnits({ seconds: 5.3 });
    made.send(before);
    made.run.away();
    made.clock.advance({ seconds: 40 });
    made.run.switchInput();
    made.run.back();
    start();
    const after = madeUnits({ seconds: 5, from: 7_000_000 });
    made.send(after);
    await made.run.end();
    const playlist = made.check();
    const returned = playlist?.segments.find(({ discontinuity }) => discontinuity);
    expect(returned?.at).to.be.closeTo(Date.parse('2027-03-01T10:00:45.300Z'), 100);
    expect(playlist?.segments.filter(({ discontinuity }) => discontinuity)).to.have.length(1);
    const samples = await listSamples(source());
    expect(dataOf(samples, 'video')).to.deep.equal(dataOf([...before, ...after], 'video'));
  });

  it('begins a new init with a new resolution, at its key frame', async () => {
    start();
    made.send(madeUnits({ seconds: 6 }));
    made.run.track(videoTrack(640, 360));
    made.send(madeUnits({ seconds: 4, from: 6 * 90_000 }));
    await made.run.end();
    const playlist = made.check();
    expect([...new Set(playlist?.segments.map(({ map }) => map))]).to.deep.equal([
      'init-0.mp4',
      'init-1.mp4',
    ]);
    expect(playlist?.segments.find(({ map }) => map === 'init-1.mp4')?.discontinuity).to.equal(true);
    expect(await source().object('init-0.mp4')).not.to.deep.equal(await source().object('init-1.mp4'));
  });

  it('keeps pictures that come seldom: parts are cut by the sound', async () => {
    start();
    const units = [
      ...madeUnits({ seconds: 2.5, group: 60 }),
      ...madeUnits({ seconds: 20, withPictures: false, from: 2.5 * 90_000 }),
      ...[4, 6.2, 9, 11].map((second) => picture(second * 90_000, false)),
    ].sort((a, b) => a.dts - b.dts);
    made.send(units);
    await made.run.end();
    made.check();
    const samples = await listSamples(source());
    expect(dataOf(samples, 'video')).to.deep.equal(dataOf(units, 'video'));
    expect(dataOf(samples, 'audio')).to.deep.equal(dataOf(units, 'audio'));
  });

  it('takes pictures that are shown in another order than they are decoded', async () => {
    start();
    made.send(madeUnits({ seconds: 6, reorder: 2 }));
    await made.run.end();
    const samples = await listSamples(source());
    expect(samples.filter(({ kind }) => kind === 'video').every(({ offset }) => offset >= 5_900)).to.equal(
      true,
    );
  });

  it('takes sound alone, cut by time', async () => {
    made.run.track(audioTrack());
    const units = madeUnits({ seconds: 9, withPictures: false });
    made.send(units);
    await made.run.end();
    const playlist = made.check();
    expect(playlist?.targetDuration).to.equal(2);
    expect(playlist?.segments.length).to.equal(5);
    expect(dataOf(await listSamples(source()), 'audio')).to.deep.equal(dataOf(units, 'audio'));
    expect(source().describe()).to.include({ codecs: 'mp4a.40.2', width: null, frameRate: null });
  });

  it('forgets what is older than the window, and still has the rest on disk', async () => {
    const short = await makeRun({ dvrSeconds: 30 });
    short.run.track(videoTrack());
    short.send(madeUnits({ seconds: 60, fps: 10, group: 20, withSound: false }));
    const playlist = short.check();
    expect(playlist?.segments).to.have.length(15);
    expect(playlist?.firstMsn).to.equal(14);
    await until('an old segment on disk', () => short.run.renditions[0]?.object('s14.m4s'));
    expect(await short.run.renditions[0]?.object('s3.m4s')).to.equal(null);
    await short.close();
  });

  it('says of what the disk did not take that it is a gap, once somebody goes back there', async () => {
    start();
    made.run.record(false);
    made.send(madeUnits({ seconds: 24 }));
    const [oldest] = made.check()?.segments ?? [];
    expect(oldest).to.include({ uri: 's0.m4s', isGap: false });
    expect(await source().object('s0.m4s')).to.equal(null);
    const { segments = [], complaints } = checkPlaylist(source().playlist({ skip: false, dvr: true }));
    expect(complaints).to.deep.equal([]);
    expect(segments.map(({ isGap }) => isGap).indexOf(false)).to.equal(1);
    expect(await source().object(segments.at(-1)?.uri ?? '')).not.to.equal(null);
  });
});
