import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AccessUnit, MediaTrack } from '../../../../server/platform/media/access-unit.ts';
import { demuxRecording } from '../../../../server/platform/media/recorder/demux-recording.ts';
import { keepPace } from '../../../../server/platform/media/recorder/keep-pace.ts';
import { RecordingFault } from '../../../../server/platform/media/recorder/split-boxes.ts';

/** Three seconds of Chromium's MediaRecorder: H.264 of 320 x 180 at 15 a second, a key frame a second, and Opus. */
const recording = readFileSync(new URL('fixture.mp4', import.meta.url));
const seeded = (seed: number) => () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;

function demuxer() {
  const got = { tracks: [] as MediaTrack[], units: [] as AccessUnit[], dropped: 0 };
  const feed = demuxRecording({
    track: (track) => void got.tracks.push(track),
    unit: (unit) => void got.units.push(unit),
    dropped: (units) => void (got.dropped += units),
  });
  return { got, feed };
}
function faultOf(bytes: Buffer): string {
  try {
    demuxer().feed(bytes);
  } catch (error) {
    if (error instanceof RecordingFault) return error.message;
    throw error;
  }
  return '';
}

const words = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer).swap32();
const box = (type: string, ...content: Buffer[]) => {
  const body = Buffer.concat(content);
  return Buffer.concat([words(body.length + 8), Buffer.from(type), body]);
};

describe('what a browser records', () => {
  it('becomes tracks and units, in slices cut anywhere', () => {
    const whole = demuxer();
    whole.feed(recording);
    const { tracks, units, dropped } = whole.got;
    expect(tracks.map(({ codec }) => codec)).to.deep.equal(['h264', 'opus']);
    expect(tracks[0]).to.include({ width: 320, height: 180 });
    expect(dropped).to.equal(0);
    const pictures = units.filter(({ kind }) => kind === 'video');
    expect(pictures.filter(({ isKey }) => isKey).length).to.be.at.least(2);
    expect(pictures[0]).to.include({ isKey: true, dts: 0 });
    for (const kind of ['video', 'audio']) {
      const times = units.filter((unit) => unit.kind === kind).map(({ dts }) => dts);
      expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).to.equal(true);
      expect(times.at(-1)).to.be.within(2 * 90_000, 4 * 90_000);
    }

    const random = seeded(3);
    const pieces = demuxer();
    for (let at = 0; at < recording.length;) {
      const length = 1 + Math.floor(random() * (random() < 0.5 ? 3 : 4_000));
      pieces.feed(recording.subarray(at, at + length));
      at += length;
    }
    expect(pieces.got).to.deep.equal(whole.got);
  });

  it('may begin anew with another head', () => {
    const { got, feed } = demuxer();
    feed(recording);
    const before = got.units.length;
    feed(recording);
    expect(got.units.length).to.equal(before * 2);
    expect(got.tracks).to.have.length(4);
  });

  it('is refused with a reason when it is something else', () => {
    expect(faultOf(Buffer.from('1a45dfa39f4286810142f7810142f2810442f38108', 'hex'))).to.include(
      'WebM is not taken',
    );
    expect(faultOf(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).to.include('no MP4');
    const huge = Buffer.from(recording);
    const movie = huge.indexOf('moov') - 4;
    huge.writeUInt32BE(2 ** 31, movie);
    expect(faultOf(huge)).to.include('too large');
    const hevc = Buffer.from(recording);
    hevc.write('hvc1', hevc.indexOf('avc1', movie), 'latin1');
    expect(faultOf(hevc)).to.include('Only H.264 and Opus');
    expect(
      faultOf(
        Buffer.concat([recording.subarray(0, movie), recording.subarray(recording.indexOf('moof') - 4)]),
      ),
    ).to.include('its head is missing');
  });

  it('takes no more memory than what was sent, though many samples name the same bytes', () => {
    const { got, feed } = demuxer();
    feed(recording.subarray(0, recording.indexOf('moof') - 4));
    const size = 1_000_000;
    const sound = 2;
    const fragment = (dataOffset: number) => {
      const runs = Array.from({ length: 50 }, () => box('trun', words(0x201, 1, dataOffset, size)));
      return box('moof', box('traf', box('tfhd', words(0, sound)), box('tfdt', words(0, 0)), ...runs));
    };
    feed(fragment(fragment(0).length + 8));
    feed(box('mdat', Buffer.alloc(size)));
    expect(got.units).to.have.length(1);
    expect(got.dropped).to.equal(49);
  });

  it('never brings the process down, whatever byte of it is changed', () => {
    const random = seeded(11);
    for (let n = 0; n < 1_500; n += 1) {
      const bytes = Buffer.from(recording.subarray(0, 3_000 + Math.floor(random() * 12_000)));
      for (let changes = 1 + random() * 4; changes > 0; changes -= 1)
        bytes[Math.floor(random() * 1_700)] = Math.floor(random() * 256);
      faultOf(bytes);
    }
  });
});

describe('the pace of a recording', () => {
  const at = (ms: number): AccessUnit => ({
    kind: 'audio',
    dts: ms * 90,
    pts: ms * 90,
    isKey: true,
    data: Buffer.alloc(1),
  });
  it('is kept while slices come in bursts, and even when the clock of the sender drifts', () => {
    const pace = keepPace();
    for (let ms = 0; ms < 4 * 3_600_000; ms += 2_000) {
      pace.note(at(ms), 500 + ms * 1.0002);
      pace.note(at(ms + 1_900), 500 + ms * 1.0002);
      expect(pace.fault()).to.equal(null);
    }
  });
  it('is lost by a network that is too slow, and by a file that is sent as fast as it goes', () => {
    const slow = keepPace();
    for (let ms = 0; ms <= 20_000; ms += 1_000) slow.note(at(ms), 1_000 + ms * 1.5);
    expect(slow.fault()).to.include('more slowly');
    slow.restart();
    slow.note(at(0), 40_000);
    expect(slow.fault()).to.equal(null);
    const file = keepPace();
    for (let ms = 0; ms <= 20_000; ms += 1_000) file.note(at(ms), 1_000 + ms / 100);
    expect(file.fault()).to.include('faster');
  });
});
