import { expect } from 'chai';
import { nameCaptions } from '../../../../server/platform/media/recording/caption-playlist.ts';
import { readFragments } from '../../../../server/platform/media/recording/read-fragments.ts';
import { openRecordings } from '../../../../server/platform/media/recording/recording.ts';
import { checkPlaylist } from '../../../support/playlist-checker.ts';
import { begin, makeRun, readFixture, runId, streamId } from '../packaging/made-run.ts';

describe('captions in the lists of a replay', () => {
  it('are cut on the segments of the picture and timed by its clock, from the first picture that is shown', async () => {
    const made = await makeRun();
    const recordings = openRecordings({ dataDirectory: made.directory, ffmpegPath: null });
    const { tracks, units } = await readFixture();
    tracks.forEach((track) => made.run.track(track));
    for (let round = 0; round < 20; round += 1)
      made.send(
        units.map((unit) => ({ ...unit, dts: unit.dts + round * 450_000, pts: unit.pts + round * 450_000 })),
      );
    await made.run.end();
    const at = (seconds: number) => Date.parse(begin) + seconds * 1_000;
    const recording = await recordings.readRecording({ streamId, from: at(5), to: at(95) });
    const text = await recording.captions('/captions/t/token/scope');
    const list = checkPlaylist(text);
    // A piece of text has no map, which the picture's must have.
    const complaints = list.complaints.filter((complaint) => !complaint.endsWith('.vtt has a map'));
    expect(complaints, text).to.deep.equal([]);
    const pieces = list.segments.map(({ uri }) =>
      /_?(-?\d+)_(\d+)_(\d+)\.vtt$/.exec(uri)?.slice(1).map(Number),
    );
    expect(pieces.length).to.be.greaterThan(1);
    const [[from = 0, ms = 0, ticks = 0] = [], [nextFrom, , nextTicks] = []] = pieces;
    expect(from).to.equal(-977);
    expect(nextFrom).to.equal(from + ms);
    expect((nextTicks ?? 0) - ticks).to.be.closeTo(ms * 90, 90);
    const first =
      checkPlaylist(recording.playlist('source') ?? '')
        .segments[0]?.uri.split('/')
        .at(-1) ?? '';
    const bytes = await recording.object(runId, 'source', first);
    const sample = readFragments(bytes ?? Buffer.alloc(0)).find(({ kind }) => kind === 'video');
    expect(ticks).to.equal((sample?.dts ?? 0) + (sample?.offset ?? 0));
    await made.close();
  });

  it('are named beside every rung, and not chosen by themselves', () => {
    const main =
      '#EXTM3U\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nb.m3u8\n';
    const named = nameCaptions(main, 'cy');
    expect(named.match(/,SUBTITLES="captions"\n/g)).to.have.length(2);
    expect(named).to.match(
      /#EXT-X-MEDIA:TYPE=SUBTITLES.*LANGUAGE="cy",DEFAULT=NO,AUTOSELECT=NO.*URI="captions.m3u8"/,
    );
  });
});
