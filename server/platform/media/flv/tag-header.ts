import { PublishFault } from './publish-fault.ts';

/** What an audio or video tag holds, read from its first bytes. */
export interface TagHeader {
  /** `other`: nothing to decode, for example the end of a sequence or metadata of colours. */
  readonly holds: 'configuration' | 'frame' | 'other';
  /** ms from decoding to showing; 0 for sound. */
  readonly compositionMs: number;
  readonly payload: Buffer;
}

/** Codecs by number (FLV 10.1, E.4.2.1 and E.4.3.1; 12 and 13 are in use without a standard). */
const videoNames: Record<number, string> = {
  2: 'Sorenson H.263',
  3: 'screen video',
  4: 'VP6',
  5: 'VP6',
  6: 'screen video',
  12: 'H.265 (HEVC)',
  13: 'AV1',
};
const audioNames: Record<number, string> = {
  1: 'ADPCM',
  2: 'MP3',
  4: 'Nellymoser',
  5: 'Nellymoser',
  6: 'Nellymoser',
  7: 'G.711',
  8: 'G.711',
  11: 'Speex',
  13: 'Opus',
  14: 'MP3',
};
/** Codecs by four letters (Enhanced RTMP, github.com/veovera/enhanced-rtmp). */
const namesByFourCc: Record<string, string> = {
  hvc1: 'H.265 (HEVC)',
  av01: 'AV1',
  vp08: 'VP8',
  vp09: 'VP9',
  vvc1: 'H.266 (VVC)',
  Opus: 'Opus',
  'ac-3': 'AC-3',
  'ec-3': 'E-AC-3',
  fLaC: 'FLAC',
  '.mp3': 'MP3',
};
const kindByPacket = { 0: 'configuration', 1: 'frame' } as const;
const nothing: TagHeader = { holds: 'other', compositionMs: 0, payload: Buffer.alloc(0) };

/** Throws a PublishFault that names the codec when it is not H.264. */
export function readVideoHeader(body: Buffer): TagHeader {
  const first = body[0];
  if (first === undefined || (first & 0x70) >> 4 === 5) return nothing;
  if (first & 0x80) return readEnhancedVideo(body, first & 0x0f);
  if ((first & 0x0f) !== 7) throw refusedVideo(videoNames[first & 0x0f]);
  if (body.length < 5) return nothing;
  return {
    holds: kindOf(body[1]),
    compositionMs: body.readIntBE(2, 3),
    payload: body.subarray(5),
  };
}

/** Throws a PublishFault that names the codec when it is not AAC. */
export function readAudioHeader(body: Buffer): TagHeader {
  const first = body[0];
  if (first === undefined) return nothing;
  const format = first >> 4;
  if (format === 9) return readEnhancedAudio(body, first & 0x0f);
  if (format !== 10) throw refusedAudio(audioNames[format]);
  return { holds: kindOf(body[1]), compositionMs: 0, payload: body.subarray(2) };
}

function readEnhancedVideo(body: Buffer, packet: number): TagHeader {
  const fourCc = body.toString('latin1', 1, 5);
  if (fourCc !== 'avc1') throw refusedVideo(namesByFourCc[fourCc]);
  if (packet === 3) return { holds: 'frame', compositionMs: 0, payload: body.subarray(5) };
  if (packet !== 1) return { holds: kindOf(packet), compositionMs: 0, payload: body.subarray(5) };
  if (body.length < 8) return nothing;
  return { holds: 'frame', compositionMs: body.readIntBE(5, 3), payload: body.subarray(8) };
}

function readEnhancedAudio(body: Buffer, packet: number): TagHeader {
  const fourCc = body.toString('latin1', 1, 5);
  if (fourCc !== 'mp4a') throw refusedAudio(namesByFourCc[fourCc]);
  return { holds: kindOf(packet), compositionMs: 0, payload: body.subarray(5) };
}

const kindOf = (packet: number | undefined): TagHeader['holds'] =>
  packet === 0 || packet === 1 ? kindByPacket[packet] : 'other';

const refusedVideo = (name = 'an unknown codec') =>
  new PublishFault(
    `The picture comes as ${name}, which cannot be taken. Choose H.264 (x264, NVENC H.264, QuickSync H.264) as the encoder.`,
  );
const refusedAudio = (name = 'an unknown codec') =>
  new PublishFault(`The sound comes as ${name}, which cannot be taken. Choose AAC as the sound's encoder.`);
