import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import type { AccessUnit, MediaTrack } from '../../../../server/platform/media/access-unit.ts';
import {
  buildAacConfiguration,
  readAacConfiguration,
} from '../../../../server/platform/media/flv/aac-configuration.ts';
import { flvHeader, writeTag, type FlvTag } from '../../../../server/platform/media/flv/flv-tag.ts';
import { PublishFault } from '../../../../server/platform/media/flv/publish-fault.ts';
import { readMediaTags } from '../../../../server/platform/media/flv/read-media-tags.ts';
import { splitFlv } from '../../../../server/platform/media/flv/split-flv.ts';
import { writeTrackTag, writeUnitTag } from '../../../../server/platform/media/flv/write-flv.ts';
import { nalType, splitLengthPrefixed } from '../../../../server/platform/media/h264/nal-units.ts';

const fixture = () => readFile(new URL('../fixture.flv', import.meta.url));
const hex = (text: string) => Buffer.from(text, 'hex');
const sps = '674d400ceca0a0cfcf80880000030008000003019078a14cb0';
const otherSps = '67640028acd940780227e5c044000003000400000300c83c60c658';
const pps = '68ebe3cb20';
const record = (set: string) => `01${set.slice(2, 8)}ffe1${size(set)}${set}01${size(pps)}${pps}`;
const size = (set: string) => (set.length / 2).toString(16).padStart(4, '0');
const nal = (set: string) => `0000${size(set)}${set}`;
const configuration = (set: string) => hex(`1700000000${record(set)}`);
const picture = (...nals: string[]) => hex(`1701000000${nals.map(nal).join('')}`);

function collect() {
  const collected = { tracks: [] as MediaTrack[], units: [] as AccessUnit[], dropped: 0 };
  const take = readMediaTags({
    track: (track) => void collected.tracks.push(track),
    unit: (unit) => void collected.units.push(unit),
    dropped: (units) => void (collected.dropped += units),
  });
  return { collected, take };
}
const letters = (first: number, fourCc: string, rest = '') =>
  Buffer.concat([Buffer.of(first), Buffer.from(fourCc, 'latin1'), hex(rest)]);
const video = (timestamp: number, body: Buffer): FlvTag => ({ type: 9, timestamp, body });
const audio = (timestamp: number, body: Buffer): FlvTag => ({ type: 8, timestamp, body });

function readWhole(bytes: Buffer, pieceBytes = bytes.length) {
  const { collected, take } = collect();
  const reader = splitFlv(take);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  return collected;
}

describe('FLV', () => {
  it('reads the fixture: both tracks, a key frame each second, in pieces of one byte as in one', async () => {
    const bytes = await fixture();
    const whole = readWhole(bytes);
    expect(whole.tracks.map(({ codecString }) => codecString)).to.have.members(['avc1.4d400c', 'mp4a.40.2']);
    const pictures = whole.units.filter(({ kind }) => kind === 'video');
    expect(pictures).to.have.length(125);
    expect(pictures.filter(({ isKey }) => isKey)).to.have.length(5);
    expect(readWhole(bytes.subarray(0, 20_000), 1)).to.deep.equal(readWhole(bytes.subarray(0, 20_000)));
  });

  it('writes what it reads back the same, at times of its own', async () => {
    const { tracks, units } = readWhole(await fixture());
    const base = -90_000;
    const written = Buffer.concat([
      flvHeader({ hasAudio: true, hasVideo: true }),
      ...tracks.map((track) => writeTrackTag(track, 0)),
      ...units.map((unit) => writeUnitTag(unit, base)),
    ]);
    const again = readWhole(written);
    expect(again.tracks).to.deep.equal(tracks);
    for (const [at, unit] of again.units.entries()) {
      expect(unit.data).to.deep.equal(units[at]?.data);
      expect(unit.pts).to.be.closeTo((units[at]?.pts ?? 0) - base, 91);
    }
  });

  it('refuses what is not FLV, and a tag that claims to be endless', () => {
    expect(() => readWhole(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).to.throw(PublishFault, 'not FLV');
    const endless = Buffer.concat([
      flvHeader({ hasAudio: true, hasVideo: true }),
      hex('09ffffff00000000000000'),
    ]);
    expect(() => readWhole(endless)).to.throw(PublishFault, 'too large');
  });

  it('ends in a fault or in units, never otherwise, when bytes of it are changed', async () => {
    const bytes = (await fixture()).subarray(0, 12_000);
    const change = fc.record({ at: fc.nat({ max: bytes.length - 1 }), to: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const changed = Buffer.from(bytes);
        for (const { at, to } of changes) changed[at] = to;
        try {
          readWhole(changed, 5_000);
        } catch (error) {
          if (!(error instanceof PublishFault)) throw error;
        }
      }),
      { seed: 18, numRuns: 1_000 },
    );
  });

  it('goes on through the wrap of its clock', () => {
    const { collected, take } = collect();
    take(video(0, configuration(sps)));
    take(video(0xfffffff0, picture('6588')));
    take(video(0x10, picture('4188')));
    const [first, second] = collected.units;
    expect((second?.dts ?? 0) - (first?.dts ?? 0)).to.equal(0x20 * 90);
    const tag = writeTag(video(0xfffffff0, hex('00')));
    expect(tag.subarray(4, 8)).to.deep.equal(hex('fffff0ff'));
  });
});

describe('Tags of sound and pictures', () => {
  it('announce a new track when the picture changes its size, told beside or inside the stream', () => {
    const { collected, take } = collect();
    take(video(0, configuration(sps)));
    take(video(0, configuration(sps)));
    take(video(0, picture(sps, pps, '6588')));
    take(video(40, picture(otherSps, pps, '6588')));
    take(video(80, configuration(sps)));
    expect(collected.tracks.map((track) => track.kind === 'video' && track.width)).to.deep.equal([
      320, 1920, 320,
    ]);
  });

  it('leave out delimiters, filler and sets that the track tells already', () => {
    const { collected, take } = collect();
    take(video(0, configuration(sps)));
    take(video(0, picture('09f0', sps, pps, '0605', '6588', '0cffff')));
    const kept = splitLengthPrefixed(collected.units[0]?.data ?? Buffer.alloc(0));
    expect(kept?.map(nalType)).to.deep.equal([6, 5]);
    expect(collected.units[0]?.isKey).to.equal(true);
  });

  it('are counted as dropped when nothing can be decoded of them, and the rest goes on', () => {
    const { collected, take } = collect();
    take(video(0, picture('6588')));
    take(audio(0, hex('af010102')));
    take(video(0, configuration(sps)));
    take(video(40, hex('170100000000ffffff65')));
    take(video(80, picture('0605')));
    take(video(90, hex('17')));
    take(video(90, Buffer.alloc(0)));
    take(audio(90, Buffer.alloc(0)));
    take(video(120, picture('6588')));
    expect(collected).to.include({ dropped: 4 });
    expect(collected.units).to.have.length(1);
  });

  for (const [what, tag, words] of [
    ['HEVC by four letters', video(0, letters(0x90, 'hvc1')), /H\.265 \(HEVC\).*Choose H\.264/],
    ['AV1 by four letters', video(0, letters(0x90, 'av01')), /AV1.*Choose H\.264/],
    ['VP9 by four letters', video(0, letters(0x90, 'vp09')), /VP9.*Choose H\.264/],
    ['HEVC by number', video(0, hex('1c00000000')), /H\.265/],
    ['a codec nobody knows', video(0, letters(0x90, '\0\x01\x02\x03')), /unknown codec/],
    ['MP3', audio(0, hex('2f00')), /MP3.*Choose AAC/],
    ['Speex', audio(0, hex('b200')), /Speex.*Choose AAC/],
    ['Opus by four letters', audio(0, letters(0x90, 'Opus')), /Opus.*Choose AAC/],
    [
      'H.264 of ten bits',
      video(0, configuration('67f4001e919b281405ff1380880000030008000003019078b16cb0')),
      /4:2:0/,
    ],
    ['a broken configuration', video(0, hex('17000000000142')), /configuration is broken/],
    ['AAC Main', audio(0, hex('af000a10')), /Choose AAC-LC/],
  ] as const)
    it(`refuse ${what} in a sentence`, () => {
      expect(() => collect().take(tag))
        .to.throw(PublishFault)
        .with.property('message')
        .that.matches(words);
    });

  it('take H.264 and AAC that are named by four letters', () => {
    const { collected, take } = collect();
    take(video(0, letters(0x90, 'avc1', record(sps))));
    take(video(40, letters(0x91, 'avc1', `000028${nal('6588')}`)));
    take(video(80, letters(0xa3, 'avc1', nal('4188'))));
    take(audio(0, letters(0x90, 'mp4a', '1210')));
    take(audio(0, letters(0x91, 'mp4a', '0102')));
    expect(collected.units.map(({ dts, pts }) => [dts, pts])).to.deep.equal([
      [3_600, 7_200],
      [7_200, 7_200],
      [0, 0],
    ]);
  });
});

describe('AAC configurations', () => {
  it('tell rate and channels, of HE-AAC as it is played back', () => {
    expect(readAacConfiguration(hex('1210'))?.track).to.include({ sampleRate: 44_100, channels: 2 });
    expect(readAacConfiguration(buildAacConfiguration(48_000, 1) ?? hex(''))?.track).to.include({
      sampleRate: 48_000,
      channels: 1,
      codecString: 'mp4a.40.2',
    });
    const heAac = readAacConfiguration(hex('2b920800'));
    expect(heAac?.track).to.include({ sampleRate: 44_100, channels: 2, codecString: 'mp4a.40.5' });
    expect(heAac?.frameSeconds).to.equal(1_024 / 22_050);
  });

  it('are null when cut short or meant for nothing', () => {
    for (const bytes of ['', '12', 'ffff', '0000', '1200', '17ffffff'])
      expect(readAacConfiguration(hex(bytes)), bytes).to.equal(null);
    expect(buildAacConfiguration(44_000, 2)).to.equal(null);
  });
});
