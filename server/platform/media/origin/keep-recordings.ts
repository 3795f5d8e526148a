import type { RecordedRange, Recording } from '../recording/recording.ts';

export type ReadRecording = (range: RecordedRange) => Promise<Recording>;

/** What is whole changes by an edit only; what grows is looked at again soon. */
const keepMs = { whole: 30_000, growing: 1_000 };
const mostKept = 500;

/** Reads the index of a recording once for the many pieces that its viewers fetch. */
export function keepRecordings(read: ReadRecording, now: () => number): ReadRecording {
  const kept = new Map<string, { readonly recording: Promise<Recording>; until: number }>();
  return (range) => {
    const key = `${range.streamId} ${range.from} ${range.to}`;
    const known = kept.get(key);
    if (known && known.until > now()) return known.recording;
    const fresh = { recording: read(range), until: Infinity };
    kept.delete(key);
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, fresh);
    fresh.recording.then(
      ({ isWhole }) => (fresh.until = now() + (isWhole ? keepMs.whole : keepMs.growing)),
      () => kept.delete(key),
    );
    return fresh.recording;
  };
}
