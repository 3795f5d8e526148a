import { ticksPerSecond } from '../access-unit.ts';
import { createWaitingList, type Waited } from './wait-for-parts.ts';
import {
  segmentsWithParts,
  writePlaylist,
  type ListedPart,
  type ListedSegment,
  type PlaylistView,
} from './write-playlist.ts';

export interface WindowPart extends ListedPart {
  readonly bytes: Buffer;
}

export interface WindowSegment extends ListedSegment {
  ticks: number;
  parts: WindowPart[];
  /** null: read from where the run is kept. */
  bytes: Buffer | null;
  size: number;
  pictures: number;
  isGap: boolean;
}

export interface WindowOptions {
  readonly targetDuration: () => number | null;
  readonly dvrSeconds: number;
  readonly read: (name: string) => Promise<Buffer | null>;
  readonly reports: () => PlaylistView['reports'];
}

const liveSegments = 6;
const segmentsInMemory = 8;
const patienceMs = 12_000;

/** What viewers of one rung can ask for: the segments that are kept, the parts of the newest, and who waits for more. */
export function createSegmentWindow({ targetDuration, dvrSeconds, read, reports }: WindowOptions) {
  const segments: WindowSegment[] = [];
  const inits = new Map<number, Buffer>();
  let open: WindowSegment | null = null;
  let hasEnded = false;
  let isAway = false;
  let texts = new Map<string, string>();
  const waiting = createWaitingList<Waited>(patienceMs);
  const hinted = createWaitingList<Buffer>(patienceMs);

  const isPublic = () => targetDuration() !== null;
  const newest = () => open ?? segments.at(-1) ?? null;
  const segmentOf = (msn: number) =>
    open?.msn === msn ? open : (segments.findLast((each) => each.msn === msn) ?? null);

  function hint(): string | null {
    const last = newest();
    if (!last || hasEnded || isAway) return null;
    return open ? `s${open.msn}.p${open.parts.length}.m4s` : `s${last.msn + 1}.p0.m4s`;
  }

  /** A part beyond the last of a whole segment means the first of the next (rfc8216bis, 6.2.5.2). */
  function isThere(msn: number, part: number | null): boolean {
    const last = newest();
    if (!last || !isPublic() || msn > last.msn) return false;
    const segment = segmentOf(msn);
    if (!segment) return true;
    if (segment === open) return part !== null && part < open.parts.length;
    return part === null || part < segment.parts.length || isThere(msn + 1, 0);
  }

  function changed(): void {
    texts = new Map();
    if (!isPublic()) return;
    waiting.settle((key) => {
      const [msn = 0, part] = key.split('.').map(Number);
      return isThere(msn, part ?? null) ? 'published' : hasEnded || isAway ? 'late' : undefined;
    });
    hinted.settle((name) => partOf(name) ?? (hint() === name ? undefined : null));
  }

  function partOf(name: string): Buffer | null {
    const [, msn, part] = /^s(\d+)\.p(\d+)\.m4s$/.exec(name) ?? [];
    return segmentOf(Number(msn))?.parts[Number(part)]?.bytes ?? null;
  }

  function forget(): void {
    const before = segments.at(-1 - segmentsWithParts);
    if (before) before.parts = [];
    const old = segments.at(-1 - segmentsInMemory);
    if (old) old.bytes = null;
    let kept = segments.reduce((sum, { ticks }) => sum + ticks, 0);
    while (segments.length > segmentsInMemory && kept > dvrSeconds * ticksPerSecond)
      kept -= segments.shift()?.ticks ?? 0;
  }

  return {
    segments,
    changed,
    report() {
      const last = newest();
      const count = last?.parts.length ?? 0;
      if (!last) return null;
      if (count > 0) return { msn: last.msn, part: count - 1 };
      return { msn: last === open ? last.msn - 1 : last.msn, part: null };
    },
    get open() {
      return open;
    },
    putInit: (init: number, bytes: Buffer) => void inits.set(init, bytes),
    begin(segment: WindowSegment) {
      open = segment;
    },
    addPart(part: WindowPart, pictures: number) {
      if (!open) return;
      open.pictures += pictures;
      open.parts.push(part);
      open.ticks += part.ticks;
      open.size += part.bytes.length;
    },
    /** The open segment is whole. Its parts become views of it, so that nothing is held twice. */
    finish(): WindowSegment | null {
      const whole = open;
      open = null;
      if (!whole || whole.parts.length === 0) return null;
      const bytes = Buffer.concat(whole.parts.map((part) => part.bytes));
      let offset = 0;
      whole.parts = whole.parts.map((part) => ({
        ...part,
        bytes: bytes.subarray(offset, (offset += part.bytes.length)),
      }));
      whole.bytes = bytes;
      segments.push(whole);
      forget();
      return whole;
    },
    /** Of a segment that was kept earlier, or that never came. */
    push(segment: WindowSegment) {
      segments.push(segment);
      forget();
    },
    clear() {
      segments.length = 0;
      open = null;
    },
    away(is: boolean) {
      isAway = is;
      changed();
    },
    end() {
      hasEnded = true;
      changed();
    },
    playlist({ skip, dvr }: { readonly skip: boolean; readonly dvr: boolean }): string {
      const target = targetDuration();
      if (target === null) return '';
      const key = `${skip} ${dvr}`;
      const text =
        texts.get(key) ??
        writePlaylist({
          targetDuration: target,
          segments: dvr ? segments : segments.slice(-liveSegments),
          open,
          hint: hint(),
          skip,
          hasEnded,
          reports: reports(),
        });
      texts.set(key, text);
      return text;
    },
    async whenPublished(msn: number, part: number | null): Promise<Waited> {
      const last = newest();
      if (last && isPublic() && msn > last.msn + 2) return 'too-far';
      if (isThere(msn, part)) return 'published';
      if (hasEnded || isAway) return 'late';
      return (await waiting.wait(part === null ? `${msn}` : `${msn}.${part}`)) ?? 'late';
    },
    async object(name: string): Promise<Buffer | null> {
      const [, init] = /^init-(\d+)\.mp4$/.exec(name) ?? [];
      if (init !== undefined) return inits.get(Number(init)) ?? read(name);
      if (/^s\d+\.p\d+\.m4s$/.test(name)) return partOf(name) ?? (hint() === name ? hinted.wait(name) : null);
      const [, msn] = /^s(\d+)\.m4s$/.exec(name) ?? [];
      if (msn === undefined) return null;
      const segment = segments.findLast((each) => each.msn === Number(msn));
      if (!segment || segment.isGap) return null;
      const bytes = segment.bytes ?? (await read(name));
      // The disk was full when it came: a player that is told so goes on after it, instead of asking again and again.
      if (!bytes) {
        segment.isGap = true;
        texts = new Map();
      }
      return bytes;
    },
  };
}
export type SegmentWindow = ReturnType<typeof createSegmentWindow>;
