import { expect } from 'chai';
import type { AccessUnit, MediaTrack } from '../../../../server/platform/media/access-unit.ts';
import { splitLengthPrefixed } from '../../../../server/platform/media/h264/nal-units.ts';
import { alignTracks } from '../../../../server/platform/media/whip/align-tracks.ts';
import { readPictures, type Picture } from '../../../../server/platform/media/whip/depacketise-h264.ts';
import { receiveVideo } from '../../../../server/platform/media/whip/receive-video.ts';
import { orderPackets } from '../../../../server/platform/media/whip/reorder-packets.ts';
import {
  askAgain,
  bitrateAfter,
  mostBitrate,
  readSenderReports,
} from '../../../../server/platform/media/whip/rtcp.ts';
import { readRtp, unwrap, type RtpPacket } from '../../../../server/platform/media/whip/rtp-packet.ts';

/** Parameter sets of 640 x 360, as Chromium makes them. */
const sps = Buffer.from('6742c01f8c8d405017fcb00f08846a', 'hex');
const pps = Buffer.from('68ce3c80', 'hex');
/** A slice whose first macroblock is 0, of a type, with something in it that tells it apart. */
const slice = (type: 1 | 5, mark: number, length = 20) =>
  Buffer.concat([Buffer.of(0x60 | type, 0x88), Buffer.alloc(length, mark)]);

const seeded = (seed: number) => () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;

function rtp(sequence: number, timestamp: number, payload: Buffer, marker = false): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt8(0x80, 0);
  head.writeUInt8((marker ? 0x80 : 0) | 102, 1);
  head.writeUInt16BE(sequence & 0xffff, 2);
  head.writeUInt32BE(timestamp >>> 0, 4);
  head.writeUInt32BE(7, 8);
  return Buffer.concat([head, payload]);
}

const afterLength = (nal: Buffer) => Buffer.concat([Buffer.of(nal.length >> 8, nal.length & 0xff), nal]);
const stapA = (...nals: Buffer[]) => Buffer.concat([Buffer.of(0x78), ...nals.map(afterLength)]);
function fuA(nal: Buffer, pieces: number): Buffer[] {
  const [head = 0] = nal;
  const size = Math.ceil((nal.length - 1) / pieces);
  return Array.from({ length: pieces }, (_, index) => {
    const flags = (index === 0 ? 0x80 : 0) | (index === pieces - 1 ? 0x40 : 0);
    const body = nal.subarray(1 + index * size, 1 + (index + 1) * size);
    return Buffer.concat([Buffer.of((head & 0xe0) | 28, flags | (head & 0x1f)), body]);
  });
}

/** A key frame every tenth picture, each in four packets or so, numbered from just before the counter wraps. */
function stream(pictures: number): Buffer[] {
  let sequence = 65_500;
  return Array.from({ length: pictures }, (_, index) => {
    const isKey = index % 10 === 0;
    const payloads = [...(isKey ? [stapA(sps, pps)] : []), ...fuA(slice(isKey ? 5 : 1, index), 3)];
    const time = 2 ** 32 - 9_000 + index * 3_000;
    return payloads.map((payload, at) => rtp(sequence++, time, payload, at === payloads.length - 1));
  }).flat();
}

function receiver() {
  const got = { units: [] as AccessUnit[], tracks: [] as MediaTrack[], dropped: 0, asked: 0 };
  const extend = unwrap(32);
  const video = receiveVideo({
    sink: {
      track: (track) => void got.tracks.push(track),
      unit: (unit) => void got.units.push(unit),
      dropped: (units) => void (got.dropped += units),
    },
    ticksOf: extend,
    needsKeyFrame: () => void (got.asked += 1),
  });
  const order = orderPackets({
    patienceMs: 200,
    take: (packet) => video.take(packet),
    lose: () => video.lose(),
  });
  const push = (bytes: Buffer, now: number) => {
    const packet = readRtp(bytes);
    if (packet) order.push(packet, now);
  };
  return { got, order, push };
}

/** The picture's number, which fills its slice. */
const markOf = ({ data }: AccessUnit) => splitLengthPrefixed(data)?.at(-1)?.at(-1);

describe('packets of WebRTC', () => {
  it('become pictures: single units, several in one packet, one in several', () => {
    const pictures: Picture[] = [];
    const reader = readPictures({
      picture: (picture) => void pictures.push(picture),
      spoilt: () => undefined,
    });
    const whole = slice(5, 9, 3_000);
    const packets = [
      rtp(1, 90, stapA(sps, pps)),
      ...fuA(whole, 3).map((payload, at) => rtp(2 + at, 90, payload, at === 2)),
      rtp(5, 180, slice(1, 1)),
      rtp(6, 270, slice(1, 2), true),
    ];
    for (const packet of packets) reader.take(readRtp(packet)!);
    expect(pictures.map(({ timestamp, nals }) => [timestamp, nals.length])).to.deep.equal([
      [90, 3],
      [180, 1],
      [270, 1],
    ]);
    expect(pictures[0]!.nals[2]!.equals(whole)).to.equal(true);
  });

  it('become access units in order though they come mixed up and twice, beyond the wrap of both counters', () => {
    const { got, order, push } = receiver();
    const random = seeded(7);
    const packets = stream(30);
    const mixed = packets
      .map((packet, index) => ({ packet, place: index === 0 ? -9 : index + random() * 6 }))
      .sort((one, other) => one.place - other.place)
      .flatMap(({ packet }) => (random() < 0.2 ? [packet, packet] : [packet]));
    for (const [index, packet] of mixed.entries()) push(packet, index);
    expect(got.units.map(markOf)).to.deep.equal(Array.from({ length: 30 }, (_, index) => index));
    expect(got.units.map(({ dts }) => dts - got.units[0]!.dts)).to.deep.equal(
      Array.from({ length: 30 }, (_, index) => index * 3_000),
    );
    expect(got.tracks).to.have.length(1);
    expect(got.tracks[0]).to.include({ width: 640, height: 360, codecString: 'avc1.42c01f' });
    expect({ dropped: got.dropped, asked: got.asked }).to.deep.equal({ dropped: 0, asked: 0 });
    expect(order.takeCounts()).to.deep.equal({ expected: packets.length, lost: 0 });
  });

  it('that are lost end the picture, and all until the next key frame, which is asked for', () => {
    const { got, order, push } = receiver();
    const packets = stream(30);
    const lost = 8;
    for (const [index, packet] of packets.entries()) {
      if (index !== lost) push(packet, index);
      if (index === lost + 2) expect(order.missing(1_000)).to.deep.equal([(65_500 + lost) & 0xffff]);
    }
    expect(got.units).to.have.length(2);
    order.expire(5_000);
    const marks = got.units.map(markOf);
    expect(marks).to.deep.equal([0, 1, ...Array.from({ length: 20 }, (_, index) => index + 10)]);
    expect(got.asked).to.equal(1);
    expect(got.dropped).to.be.at.least(8);
    expect(order.takeCounts().lost).to.equal(1);
  });

  it('of any kind of nonsense harm nobody: what comes after is read', () => {
    const random = seeded(42);
    const { got, order, push } = receiver();
    for (let n = 0; n < 20_000; n += 1) {
      const bytes = Buffer.from(Array.from({ length: Math.floor(random() * 40) }, () => random() * 256));
      if (bytes.length > 0 && random() < 0.9) bytes[0] = 0x80 | (random() * 64);
      push(bytes, n);
      if (n % 50 === 0) order.expire(n);
      readSenderReports(bytes);
    }
    order.expire(100_000);
    const before = got.units.length;
    for (const packet of stream(12)) push(packet, 200_000);
    order.expire(300_000);
    expect(got.units.length - before).to.be.at.least(1);
  });

  it('cut anywhere are refused or read, never beyond their end', () => {
    const packet = rtp(1, 1, Buffer.alloc(30, 1));
    packet[0] = 0xb3; // padding, an extension and three sources
    packet.writeUInt16BE(1, 26);
    for (let length = 0; length <= packet.length; length += 1) {
      const read: RtpPacket | null = readRtp(packet.subarray(0, length));
      if (read) expect(read.payload.length).to.be.at.most(Math.max(0, length - 12));
    }
  });
});

describe('what a WebRTC sender hears', () => {
  it('is which packets are missing, in as few words as may be', () => {
    const packet = askAgain(1, 2, [65_535, 0, 16, 17]);
    expect(packet.readUInt16BE(2)).to.equal(packet.length / 4 - 1);
    expect([packet.readUInt16BE(12), packet.readUInt16BE(14)]).to.deep.equal([65_535, 1]);
    expect([packet.readUInt16BE(16), packet.readUInt16BE(18)]).to.deep.equal([16, 1]);
  });

  it('is how much it may send: less after loss, more without', () => {
    const packet = mostBitrate(1, 2, 3_000_000);
    const [exponent, mantissa] = [packet.readUInt8(17) >> 2, packet.readUIntBE(17, 3) & 0x3ffff];
    expect(mantissa * 2 ** exponent).to.be.closeTo(3_000_000, 20);
    expect(bitrateAfter(2_000_000, 0.5)).to.equal(1_500_000);
    expect(bitrateAfter(2_000_000, 0.05)).to.equal(2_000_000);
    expect(bitrateAfter(2_000_000, 0)).to.equal(2_160_000);
    expect(bitrateAfter(10_000_000, 0)).to.equal(6_000_000);
  });
});

describe('picture and sound of WebRTC', () => {
  it('begin by when they arrive, and come together by the sender’s reports, the picture by and by', () => {
    const clocks = alignTracks();
    expect(clocks.ticks('audio', 480_000, 1_000)).to.equal(90_000);
    // This picture was made 100 ms before the sound that came with it.
    expect(clocks.ticks('video', 900_000, 1_000)).to.equal(90_000);
    clocks.report('audio', 480_000, 50_000);
    clocks.report('video', 900_000, 49_900);
    const times = Array.from({ length: 300 }, (_, index) =>
      clocks.ticks('video', 900_000 + (index + 1) * 3_000, 1_033 + index * 33),
    );
    expect(times.every((time, index) => index === 0 || time - times[index - 1]! >= 2_930)).to.equal(true);
    expect(times.at(-1)).to.equal(90_000 + 300 * 3_000 - 9_000);
    expect(clocks.ticks('audio', 480_960, 1_020)).to.equal(91_800);
  });
});
