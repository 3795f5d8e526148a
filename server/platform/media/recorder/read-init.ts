import type { AudioTrack, MediaTrack } from '../access-unit.ts';
import { describeVideo } from '../h264/decoder-configuration.ts';
import { readDecoderConfiguration } from '../h264/decoder-configuration.ts';
import { readBoxes } from '../packaging/mp4-boxes.ts';
import { RecordingFault } from './split-boxes.ts';

export interface RecordedTrack {
  readonly id: number;
  /** Units of its times in a second. */
  readonly timescale: number;
  readonly media: MediaTrack;
  /** H.264: bytes of the length before each NAL unit. */
  readonly lengthSize: number;
  /** What a fragment that does not say it goes by. */
  readonly defaults: { readonly duration: number; readonly size: number };
}

const mostTracks = 2;
/** Bytes of a sample entry before its boxes (ISO/IEC 14496-12, 12.1.3 and 12.2.3). */
const entryHead = { video: 78, audio: 28 } as const;

const find = (bytes: Buffer, ...path: string[]): Buffer | null =>
  path.reduce<Buffer | null>((inside, type) => {
    for (const box of inside ? readBoxes(inside) : []) if (box.type === type) return box.body;
    return null;
  }, bytes);

/** The tracks that a `moov` box describes. Throws a RecordingFault for what is not H.264 and Opus. */
export function readInit(movie: Buffer): RecordedTrack[] {
  const tracks: RecordedTrack[] = [];
  for (const { type, body } of readBoxes(movie)) {
    if (type !== 'trak') continue;
    const read = readTrack(body, movie);
    if (tracks.some(({ id, media }) => id === read.id || media.kind === read.media.kind))
      throw new RecordingFault('Only one picture and one sound are taken.');
    tracks.push(read);
  }
  if (tracks.length === 0 || tracks.length > mostTracks)
    throw new RecordingFault('The recording has neither picture nor sound.');
  return tracks;
}

function readTrack(track: Buffer, movie: Buffer): RecordedTrack {
  const [head, mediaHead] = [find(track, 'tkhd'), find(track, 'mdia', 'mdhd')];
  const id = at32(head, head?.[0] === 1 ? 20 : 12);
  const timescale = at32(mediaHead, mediaHead?.[0] === 1 ? 20 : 12);
  const entries = find(track, 'mdia', 'minf', 'stbl', 'stsd');
  const [entry] = entries ? readBoxes(entries.subarray(8)) : [];
  if (!id || !timescale || !entry) throw new RecordingFault('The head of the recording cannot be read.');
  const of = { id, timescale, defaults: readDefaults(movie, id) };
  if (entry.type === 'avc1' || entry.type === 'avc3') {
    const configuration = readDecoderConfiguration(boxAfter(entry.body, entryHead.video, 'avcC'));
    const media = configuration && describeVideo(configuration.sps, configuration.pps);
    if (!media) throw new RecordingFault('The H.264 of this recording cannot be played by browsers.');
    return { ...of, media, lengthSize: configuration.lengthSize };
  }
  if (entry.type !== 'Opus')
    throw new RecordingFault('Only H.264 and Opus are taken: record as video/mp4;codecs=avc1.42E01F,opus.');
  return { ...of, media: readOpus(boxAfter(entry.body, entryHead.audio, 'dOps')), lengthSize: 4 };
}

function readOpus(description: Buffer): AudioTrack {
  const channels = description[1] ?? 0;
  if (description.length < 11 || description[0] !== 0 || channels < 1 || channels > 2)
    throw new RecordingFault('The Opus of this recording cannot be read.');
  return { kind: 'audio', codec: 'opus', codecString: 'opus', sampleRate: 48_000, channels, description };
}

function boxAfter(entry: Buffer, head: number, type: string): Buffer {
  return Buffer.from(find(entry.subarray(head), type) ?? Buffer.alloc(0));
}

function readDefaults(movie: Buffer, id: number): RecordedTrack['defaults'] {
  for (const { type, body } of readBoxes(find(movie, 'mvex') ?? Buffer.alloc(0)))
    if (type === 'trex' && at32(body, 4) === id) return { duration: at32(body, 12), size: at32(body, 16) };
  return { duration: 0, size: 0 };
}

const at32 = (bytes: Buffer | null, at: number): number =>
  bytes && at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0;
