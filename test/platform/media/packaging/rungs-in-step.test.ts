import { expect } from 'chai';
import type { AccessUnit, UnitSink } from '../../../../server/platform/media/access-unit.ts';
import { folderOfRun, readIndex } from '../../../../server/platform/media/packaging/run-index.ts';
import { checkPlaylist } from '../../../support/playlist-checker.ts';
import { dataOf, listSamples, makeRun, type MadeRun } from './made-run.ts';
import { audioTrack, madeUnits, videoTrack } from './made-units.ts';

/**
 * Stands for an encoder of a rung: it answers each unit some units later, in whole milliseconds, without B-frames. Its sound
 * may be a little early, as encoders of sound begin with silence of their own.
 */
function encodeRung(
  made: MadeRun,
  name: string,
  { isDeaf = () => false, early = 0 }: { isDeaf?: () => boolean; early?: number } = {},
) {
  const out: UnitSink = made.run.rung(name);
  const sent: AccessUnit[] = [];
  let waiting: AccessUnit[] = [];
  made.run.tap({
    track(track) {
      if (track.kind === 'audio') out.track(track);
      else if (name !== 'audio') out.track(videoTrack(track.width - 100, track.height));
    },
    discontinuity: () => undefined,
    unit(unit) {
      if (isDeaf() || (name === 'audio' && unit.kind === 'video')) return;
      const at = Math.round(unit.pts / 90) * 90 - (unit.kind === 'audio' ? early : 0);
      waiting.push({ ...unit, dts: at, pts: at });
      waiting.sort((one, other) => one.dts - other.dts);
      if (waiting.length < 20) return;
      const [first, ...rest] = waiting;
      waiting = rest;
      if (!first) return;
      sent.push(first);
      out.unit(first);
    },
  });
  return sent;
}

describe('rungs of a run', () => {
  let made: MadeRun;
  beforeEach(async () => {
    made = await makeRun();
    made.run.track(videoTrack());
    made.run.track(audioTrack());
  });
  afterEach(() => made.close());

  const listOf = (name: string) => {
    const rendition = made.run.renditions.find((each) => each.name === name);
    if (!rendition) throw new Error(`no ${name}`);
    return { rendition, playlist: checkPlaylist(rendition.playlist({ skip: false, dvr: true })) };
  };

  /** Five seconds, twelve without an encoder, and seven more. */
  function sendWithAbsence() {
    made.send(madeUnits({ seconds: 5 }));
    made.run.away();
    made.clock.advance({ seconds: 12 });
    made.run.switchInput();
    made.run.back();
    made.run.track(videoTrack());
    made.run.track(audioTrack());
    made.send(madeUnits({ seconds: 7, from: 33_333 }));
  }

  it('are shown and not kept while there is room for the source alone', async () => {
    const sent = encodeRung(made, '480p');
    made.run.record(true, false);
    made.send(madeUnits({ seconds: 9, group: 60 }));
    const shown = listOf('480p');
    const samples = await listSamples(shown.rendition);
    expect(samples.length).to.be.within(sent.length - 60, sent.length);
    await made.run.end();
    const lines = (await readIndex(folderOfRun(made.directory, made.run.streamId, made.run.runId))) ?? [];
    const kept = lines.flatMap((line) => (line.kind === 'segment' ? [line.rung] : []));
    expect(new Set(kept)).to.deep.equal(new Set(['source']));
    expect(lines.some((line) => line.kind === 'init' && line.rung === '480p')).to.equal(true);
  });

  it('are cut where the source was cut, with the same numbers, durations and dates', async () => {
    const sent = encodeRung(made, '480p');
    encodeRung(made, 'audio');
    made.send(madeUnits({ seconds: 13.1, group: 45, reorder: 2 }));
    const source = listOf('source').playlist;
    for (const name of ['480p', 'audio']) {
      const { playlist } = listOf(name);
      expect(playlist.complaints).to.deep.equal([]);
      expect(playlist.segments.length).to.be.at.least(source.segments.length - 1);
      for (const { msn, duration, at } of playlist.segments)
        expect({ msn, duration, at }).to.deep.equal(
          (({ msn: m, duration: d, at: t }) => ({ msn: m, duration: d, at: t }))(
            source.segments.find((each) => each.msn === msn) ?? { msn: -1, duration: 0, at: 0 },
          ),
        );
    }
    await made.run.end();
    const { rendition } = listOf('480p');
    expect(dataOf(await listSamples(rendition), 'video')).to.deep.equal(dataOf(sent, 'video'));
  });

  it('tell in their playlists how far the others are', () => {
    encodeRung(made, '480p');
    made.send(madeUnits({ seconds: 6.1 }));
    const report = /#EXT-X-RENDITION-REPORT:URI="\.\.\/480p\/live\.m3u8",LAST-MSN=(\d+),LAST-PART=\d+/;
    const text = listOf('source').rendition.playlist({ skip: false, dvr: false });
    expect(text).to.match(report);
    made.run.dropRung('480p');
    made.send(madeUnits({ seconds: 1, from: 6.1 * 90_000 }));
    expect(listOf('source').rendition.playlist({ skip: false, dvr: false })).not.to.match(report);
  });

  it('have a gap for what their encoder missed, and are in step again after it', () => {
    let isDeaf = false;
    encodeRung(made, '480p', { isDeaf: () => isDeaf });
    made.send(madeUnits({ seconds: 5 }));
    isDeaf = true;
    made.send(madeUnits({ seconds: 7, from: 5 * 90_000, group: 30 }));
    isDeaf = false;
    made.send(madeUnits({ seconds: 8, from: 12 * 90_000 }));
    const { playlist } = listOf('480p');
    expect(playlist.complaints).to.deep.equal([]);
    expect(playlist.segments.filter(({ isGap }) => isGap).map(({ msn }) => msn)).to.deep.equal([
      3, 4, 5, 6, 7, 8,
    ]);
    const source = listOf('source').playlist;
    for (const { msn, at } of playlist.segments)
      expect(at).to.equal(source.segments.find((each) => each.msn === msn)?.at);
  });

  it('take the discontinuity of the source where it is, with its count', async () => {
    const sent = encodeRung(made, '480p');
    sendWithAbsence();
    const [source, rung] = [listOf('source').playlist, listOf('480p').playlist];
    expect(rung.complaints).to.deep.equal([]);
    const marks = ({ segments }: typeof rung) =>
      segments.filter(({ discontinuity }) => discontinuity).map(({ msn, at }) => ({ msn, at }));
    expect(marks(rung)).to.have.length(1).and.to.deep.equal(marks(source));
    await made.run.end();
    const { rendition } = listOf('480p');
    expect(dataOf(await listSamples(rendition), 'video')).to.deep.equal(dataOf(sent, 'video'));
  });

  it('do not last into the time that the encoder was away, though their sound begins before its picture', () => {
    for (const name of ['480p', 'audio']) encodeRung(made, name, { early: 1_920 });
    sendWithAbsence();
    for (const name of ['480p', 'audio']) {
      const { complaints, segments } = listOf(name).playlist;
      expect(complaints, name).to.deep.equal([]);
      expect(segments.filter(({ discontinuity }) => discontinuity)).to.have.length(1);
    }
  });
});
