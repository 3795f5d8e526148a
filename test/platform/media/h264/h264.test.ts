import { expect } from 'chai';
import fc from 'fast-check';
import {
  buildDecoderConfiguration,
  describeVideo,
  readDecoderConfiguration,
} from '../../../../server/platform/media/h264/decoder-configuration.ts';
import {
  isKeyFrame,
  joinAnnexB,
  joinLengthPrefixed,
  splitAnnexB,
  splitLengthPrefixed,
} from '../../../../server/platform/media/h264/nal-units.ts';
import { readSps } from '../../../../server/platform/media/h264/read-sps.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
/** Parameter sets as x264 writes them. */
const written = {
  '320x180 of main profile': [320, 180, 'avc1.4d400c', '674d400ceca0a0cfcf80880000030008000003019078a14cb0'],
  '1920x1080 of high profile': [
    1920,
    1080,
    'avc1.640028',
    '67640028acd940780227e5c044000003000400000300c83c60c658',
  ],
  '854x480, cropped from 864': [
    854,
    480,
    'avc1.42c01e',
    '6742c01ed900d83de6f011000003000100000300320f162e48',
  ],
  '1920x1080 interlaced': [1920, 1080, 'avc1.640028', '67640028acd94078044fde0220000003002000000643e2c5b2c0'],
} as const;
const pps = hex('68ebe3cb22c0');
const highSps = hex(written['1920x1080 of high profile'][3]);
const sps444 = hex('67f4001e919b281405ff1380880000030008000003019078b16cb0');

describe('H.264 parameter sets', () => {
  for (const [what, [width, height, codecString, sps]] of Object.entries(written))
    it(`tells size and codec of ${what}`, () => {
      expect(describeVideo([hex(sps)], [pps])).to.include({ kind: 'video', width, height, codecString });
    });

  it('writes a decoder configuration that reads back, with the chroma bytes that high profile asks for', () => {
    const record = buildDecoderConfiguration([highSps], [pps]);
    expect(record?.subarray(-4).toString('hex')).to.equal('fdf8f800');
    expect(readDecoderConfiguration(record ?? Buffer.alloc(0))).to.deep.equal({
      lengthSize: 4,
      sps: [highSps],
      pps: [pps],
    });
  });

  it('has no track for pictures that browsers do not play', () => {
    expect(readSps(sps444)).to.include({ chromaFormat: 3, width: 640, height: 360 });
    expect(describeVideo([sps444], [pps])).to.equal(null);
  });

  it('answers null to parameter sets and records that are cut short or broken, and never throws', () => {
    const record = buildDecoderConfiguration([highSps], [pps]) ?? Buffer.alloc(0);
    for (let length = 0; length < record.length - 5; length += 1)
      expect(readDecoderConfiguration(record.subarray(0, length)), `${length} bytes`).to.equal(null);
    for (let length = 0; length < 10; length += 1)
      expect(readSps(highSps.subarray(0, length)), `${length} bytes`).to.equal(null);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const size = readSps(Buffer.from([0x67, ...bytes]));
        if (size) expect(size.width).to.be.within(2, 16_384);
        readDecoderConfiguration(Buffer.from(bytes));
        describeVideo([Buffer.from([0x67, ...bytes])], [Buffer.from(bytes)]);
      }),
      { numRuns: 2_000, seed: 6 },
    );
  });
});

describe('NAL units', () => {
  const idr = Buffer.of(0x65, 1, 0, 0, 3, 1);
  const slice = Buffer.of(0x41, 9, 8);

  it('come out of a byte stream with start codes of either length and padding between', () => {
    const stream = Buffer.concat([hex('00000001'), pps, hex('0000000001'), idr, hex('000001'), slice]);
    expect(splitAnnexB(stream)).to.deep.equal([pps, idr, slice]);
    expect(splitAnnexB(joinAnnexB([pps, idr]))).to.deep.equal([pps, idr]);
    expect(splitAnnexB(Buffer.from('no start code'))).to.deep.equal([]);
  });

  it('are joined after their lengths and split again, whatever the size of the length', () => {
    expect(splitLengthPrefixed(joinLengthPrefixed([pps, idr]))).to.deep.equal([pps, idr]);
    expect(splitLengthPrefixed(Buffer.of(0, 3, ...slice), 2)).to.deep.equal([slice]);
    expect(splitLengthPrefixed(Buffer.of(0, 0, 0, 9, 1))).to.equal(null);
    expect(splitLengthPrefixed(Buffer.of(0, 0, 1))).to.equal(null);
  });

  it('make a key frame when one of them is an IDR slice', () => {
    expect(isKeyFrame([pps, idr])).to.equal(true);
    expect(isKeyFrame([slice, Buffer.alloc(0)])).to.equal(false);
  });
});
