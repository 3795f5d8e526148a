import type { AccessUnit, AudioTrack, VideoTrack } from '../access-unit.ts';
import { toMs } from '../flv/write-flv.ts';
import type { SourceTracks } from './plan-rungs.ts';

/** Of RFC 9559, as far as a stream of one picture and one sound needs them. */
const ids = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  about: 0x1549a966,
  timestampScale: 0x2ad7b1,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  track: 0xae,
  number: 0xd7,
  uid: 0x73c5,
  type: 0x83,
  lacing: 0x9c,
  codec: 0x86,
  codecPrivate: 0x63a2,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  audio: 0xe1,
  rate: 0xb5,
  channels: 0x9f,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  block: 0xa3,
} as const;

const numbers = { video: 1, audio: 2 } as const;
const unknownLength = Buffer.from('01ffffffffffffff', 'hex');

/** What ffmpeg has to know before the first unit. */
export function matroskaHeader({ video, audio }: SourceTracks): Buffer {
  return Buffer.concat([
    element(
      ids.header,
      element(ids.docType, Buffer.from('matroska')),
      element(ids.docTypeVersion, number(4)),
      element(ids.docTypeReadVersion, number(2)),
    ),
    idBytes(ids.segment),
    unknownLength,
    element(
      ids.about,
      // Nanoseconds of one unit of time: ms, as in FLV.
      element(ids.timestampScale, number(1_000_000)),
      element(ids.muxingApp, Buffer.from('plenary')),
      element(ids.writingApp, Buffer.from('plenary')),
    ),
    element(ids.tracks, ...(video ? [videoTrack(video)] : []), ...(audio ? [audioTrack(audio)] : [])),
  ]);
}

/** One unit in a cluster of its own, so that nothing waits for a second one. */
export function matroskaUnit(unit: AccessUnit, baseTicks: number): Buffer {
  const flags = unit.isKey ? 0x80 : 0;
  return element(
    ids.cluster,
    element(ids.timestamp, number(Math.max(0, toMs(unit.pts - baseTicks)))),
    element(ids.block, Buffer.of(0x80 | numbers[unit.kind], 0, 0, flags), unit.data),
  );
}

const videoTrack = ({ width, height, description }: VideoTrack) =>
  trackEntry(
    'video',
    'V_MPEG4/ISO/AVC',
    description,
    element(ids.video, element(ids.width, number(width)), element(ids.height, number(height))),
  );

function audioTrack({ codec, sampleRate, channels, description }: AudioTrack): Buffer {
  const rate = Buffer.alloc(8);
  rate.writeDoubleBE(sampleRate);
  return trackEntry(
    'audio',
    codec === 'opus' ? 'A_OPUS' : 'A_AAC',
    codec === 'opus' ? opusHead(description) : description,
    element(ids.audio, element(ids.rate, rate), element(ids.channels, number(channels))),
  );
}

const trackEntry = (kind: 'video' | 'audio', codec: string, setUp: Buffer, rest: Buffer) =>
  element(
    ids.track,
    element(ids.number, number(numbers[kind])),
    element(ids.uid, number(numbers[kind])),
    element(ids.type, number(numbers[kind])),
    element(ids.lacing, number(0)),
    element(ids.codec, Buffer.from(codec)),
    element(ids.codecPrivate, setUp),
    rest,
  );

/** The head of RFC 7845 says what a `dOps` box says, in the other byte order and with version 1. */
function opusHead(dOps: Buffer): Buffer {
  const rest = Buffer.from(dOps.subarray(1));
  if (rest.length >= 9) {
    rest.subarray(1, 3).swap16();
    rest.subarray(3, 7).swap32();
    rest.subarray(7, 9).swap16();
  }
  return Buffer.concat([Buffer.from('OpusHead\x01', 'latin1'), rest]);
}

function element(id: number, ...content: readonly Buffer[]): Buffer {
  const length = Buffer.alloc(8);
  length.writeUInt32BE(
    content.reduce((sum, { length: bytes }) => sum + bytes, 0),
    4,
  );
  length[0] = 1;
  return Buffer.concat([idBytes(id), length, ...content]);
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};

function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(id);
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0));
}
