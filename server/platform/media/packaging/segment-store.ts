import { z } from 'zod';

const rung = z.string().regex(/^[\w-]{1,32}$/);
const count = z.int().min(0);

/** The lines of `index.ndjson`, in the order in which they are written. Times are ms since 1970. */
export const indexLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), startedAt: count, targetDuration: count }),
  /** `codecs`: RFC 6381, comma-separated. */
  z.object({
    kind: z.literal('init'),
    rung,
    init: count,
    codecs: z.string().max(100),
    width: count.nullable(),
    height: count.nullable(),
  }),
  /** `ticks`: 90 kHz. `pictures`: how many coded pictures it holds. `at`: of its first picture. */
  z.object({
    kind: z.literal('segment'),
    rung,
    msn: count,
    init: count,
    at: z.number(),
    ticks: count,
    bytes: count,
    pictures: count,
    discontinuity: z.boolean(),
  }),
  z.object({ kind: z.literal('erased'), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal('ended') }),
]);
export type IndexLine = z.infer<typeof indexLine>;
export type RunLine = Extract<IndexLine, { kind: 'run' }>;
export type InitLine = Extract<IndexLine, { kind: 'init' }>;
export type SegmentLine = Extract<IndexLine, { kind: 'segment' }>;

/** Where one run is kept. Writes are queued in order; neither may throw or wait. */
export interface RunStore {
  begin(line: RunLine): void;
  putInit(line: InitLine, bytes: Buffer): void;
  /** A segment is named in the index only after its bytes are there. */
  putSegment(line: SegmentLine, bytes: Buffer): void;
  /** Bytes of `init-<n>.mp4` or `s<msn>.m4s`; null: not kept. */
  read(rung: string, name: string): Promise<Buffer | null>;
  /** False: from now on nothing more is written; true: it is again. */
  record(isOn: boolean): void;
  /** Resolves when everything queued is written or has failed. `ended`: the run is over for good. */
  close(ended: boolean): Promise<void>;
}

/** Where runs are kept. `onError` hears of every write that failed (ENOSPC, EIO); the run goes on from memory. */
export interface SegmentStore {
  create(streamId: string, runId: string, onError: (error: unknown) => void): RunStore;
  /** A run whose process died, with what its index holds; null where there is none or it had ended. */
  reopen(
    streamId: string,
    runId: string,
    onError: (error: unknown) => void,
  ): Promise<{ readonly store: RunStore; readonly lines: readonly IndexLine[] } | null>;
}
