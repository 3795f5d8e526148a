import type { MediaTrack } from '../access-unit.ts';
import { box, fullBox, u16, u32, u64, u8 } from './mp4-boxes.ts';
import { sampleEntry, timescaleOf } from './sample-entry.ts';

const matrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
export const movieTimescale = 90_000;
export const trackIds = { video: 1, audio: 2 } as const;

/** One track of a movie. A segmented one has empty tables; `ticks` are of the track, `movieTicks` of the movie. */
export interface MovieTrack {
  readonly kind: MediaTrack['kind'];
  readonly timescale: number;
  readonly width: number;
  readonly height: number;
  /** `stsd` entries, one for each way in which the track was set up. */
  readonly entries: readonly Buffer[];
  readonly ticks: number;
  readonly movieTicks: number;
  readonly edits: Buffer | null;
  /** `stts`, `stsc`, `stsz`, `stco` and what else the track needs. */
  readonly tables: readonly Buffer[];
}

export const emptyTables: readonly Buffer[] = [
  fullBox('stts', 0, 0, u32(0)),
  fullBox('stsc', 0, 0, u32(0)),
  fullBox('stsz', 0, 0, u32(0, 0)),
  fullBox('stco', 0, 0, u32(0)),
];

function trackBox({
  kind,
  timescale,
  width,
  height,
  entries,
  ticks,
  movieTicks,
  edits,
  tables,
}: MovieTrack): Buffer {
  const isVideo = kind === 'video';
  const header = fullBox(
    'tkhd',
    1,
    3,
    u32(0, 0, 0, 0, trackIds[kind], 0),
    u64(movieTicks),
    u32(0, 0),
    u16(0, 0, isVideo ? 0 : 0x0100, 0),
    matrix,
    u32(width * 65_536, height * 65_536),
  );
  const handler = Buffer.concat([u32(0), Buffer.from(isVideo ? 'vide' : 'soun'), u32(0, 0, 0), u8(0)]);
  const media = box(
    'mdia',
    fullBox('mdhd', 1, 0, u32(0, 0, 0, 0, timescale), u64(ticks), u16(0x55c4, 0)),
    fullBox('hdlr', 0, 0, handler),
    box(
      'minf',
      isVideo ? fullBox('vmhd', 0, 1, u16(0, 0, 0, 0)) : fullBox('smhd', 0, 0, u16(0, 0)),
      box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
      box('stbl', fullBox('stsd', 0, 0, u32(entries.length), ...entries), ...tables),
    ),
  );
  return box('trak', header, ...(edits ? [edits] : []), media);
}

/** `moov`. `fragments`: what follows are `moof` boxes (ISO/IEC 14496-12, 8.8). */
export function writeMovie(tracks: readonly MovieTrack[], fragments: boolean): Buffer {
  const movieTicks = Math.max(0, ...tracks.map((each) => each.movieTicks));
  const header = fullBox(
    'mvhd',
    1,
    0,
    u32(0, 0, 0, 0, movieTimescale),
    u64(movieTicks),
    u32(0x10000),
    u16(0x0100, 0),
    u32(0, 0),
    matrix,
    u32(0, 0, 0, 0, 0, 0, 3),
  );
  const defaults = tracks.map(({ kind }) => fullBox('trex', 0, 0, u32(trackIds[kind], 1, 0, 0, 0)));
  return box('moov', header, ...tracks.map(trackBox), ...(fragments ? [box('mvex', ...defaults)] : []));
}

/** What a player reads before the first segment (RFC 8216, 3.3). */
export function writeInit(tracks: readonly MediaTrack[]): Buffer {
  const brands = box('ftyp', Buffer.from('iso6\0\0\0\0iso6cmfcmp41', 'latin1'));
  const empty = { ticks: 0, movieTicks: 0, edits: null, tables: emptyTables };
  const listed = tracks.map((track) => ({
    ...{ kind: track.kind, timescale: timescaleOf(track), entries: [sampleEntry(track)] },
    ...(track.kind === 'video' ? { width: track.width, height: track.height } : { width: 0, height: 0 }),
    ...empty,
  }));
  return Buffer.concat([brands, writeMovie(listed, true)]);
}
