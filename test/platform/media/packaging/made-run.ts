import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AccessUnit, MediaTrack } from '../../../../server/platform/media/access-unit.ts';
import { readMediaTags } from '../../../../server/platform/media/flv/read-media-tags.ts';
import { splitFlv } from '../../../../server/platform/media/flv/split-flv.ts';
import { createDiskStore } from '../../../../server/platform/media/packaging/disk-store.ts';
import { openRun, reopenRun, type Run } from '../../../../server/platform/media/packaging/open-run.ts';
import type { SegmentStore } from '../../../../server/platform/media/packaging/segment-store.ts';
import { readFragments } from '../../../../server/platform/media/recording/read-fragments.ts';
import type { Rendition } from '../../../../server/platform/media/rendition.ts';
import { checkPlaylist, checkUpdate, type CheckedPlaylist } from '../../../support/playlist-checker.ts';
import { TestClock } from '../../../support/test-clock.ts';

export const begin = '2027-03-01T10:00:00.000Z';
export const streamId = 'stream-0001';
export const runId = 'run-00000001';

export interface MadeRun {
  readonly run: Run;
  readonly clock: TestClock;
  readonly directory: string;
  readonly errors: unknown[];
  /** Sends units, the clock following their times, and holds every playlist against the rules. */
  send(units: readonly AccessUnit[]): void;
  /** Checks every view of a rung's playlist, as it is now and against what it was. */
  check(rendition?: Rendition): CheckedPlaylist | null;
  reopen(): Promise<MadeRun>;
  close(): Promise<void>;
}

export async function makeRun({
  directory,
  store,
  clock = new TestClock(begin),
  resumes = false,
  dvrSeconds = 1_800,
}: {
  directory?: string;
  store?: SegmentStore;
  clock?: TestClock;
  resumes?: boolean;
  dvrSeconds?: number;
} = {}): Promise<MadeRun> {
  const folder = directory ?? (await mkdtemp(join(tmpdir(), 'plenary-run-')));
  const errors: unknown[] = [];
  const options = {
    ...{ streamId, runId, clock, dvrSeconds, store: store ?? createDiskStore(folder) },
    onWriteError: (error: unknown) => void errors.push(error),
  };
  const run = resumes ? await reopenRun(options) : openRun(options);
  if (!run) throw new Error('Nothing to go on with');
  const seen = new Map<string, CheckedPlaylist>();
  const texts = new Map<string, string>();

  function check(rendition = run?.renditions[0]): CheckedPlaylist | null {
    if (!rendition?.describe()) return null;
    for (const view of [
      { skip: false, dvr: false },
      { skip: true, dvr: true },
      { skip: false, dvr: true },
    ]) {
      const text = rendition.playlist(view);
      const key = `${rendition.name} ${view.skip} ${view.dvr}`;
      if (texts.get(key) === text) continue;
      texts.set(key, text);
      const checked = checkPlaylist(text);
      expect(checked.complaints, text).to.deep.equal([]);
      const before = seen.get(key);
      if (before) expect(checkUpdate(before, checked), text).to.deep.equal([]);
      seen.set(key, checked);
    }
    return seen.get(`${rendition.name} false true`) ?? null;
  }

  return {
    ...{ run, clock, directory: folder, errors, check },
    send(units) {
      let last: number | null = null;
      for (const unit of units) {
        const step = last === null ? 0 : (unit.dts - last) / 90_000;
        if (step > 0 && step <= 3) clock.advance({ seconds: step });
        last = Math.max(last ?? unit.dts, unit.dts);
        if (step < 0 || step > 3) last = unit.dts;
        run.unit(unit);
        check();
      }
    },
    reopen: () => makeRun({ directory: folder, clock, resumes: true, dvrSeconds }),
    async close() {
      await run.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every sample that a rung lists, in order, with its bytes. */
export async function listSamples(rendition: Rendition) {
  const { segments, complaints } = checkPlaylist(rendition.playlist({ skip: false, dvr: true }));
  expect(complaints).to.deep.equal([]);
  const found: { kind: MediaTrack['kind']; dts: number; offset: number; isKey: boolean; data: Buffer }[] = [];
  for (const { uri, isGap } of segments) {
    const bytes = isGap ? Buffer.alloc(0) : await rendition.object(uri);
    if (!bytes) throw new Error(`${uri} is not there`);
    for (const { position, size, ...sample } of readFragments(bytes))
      found.push({ ...sample, data: bytes.subarray(position, position + size) });
  }
  return found;
}

export const dataOf = (units: readonly { kind: string; data: Buffer }[], kind: string): readonly string[] =>
  units.filter((unit) => unit.kind === kind).map(({ data }) => data.toString('hex'));

/** Pictures and sound that a real encoder made: 320x180, a key frame each second. */
export async function readFixture(): Promise<{ tracks: MediaTrack[]; units: AccessUnit[] }> {
  const tracks: MediaTrack[] = [];
  const units: AccessUnit[] = [];
  const take = readMediaTags({
    track: (track) => void tracks.push(track),
    unit: (unit) => void units.push({ ...unit, data: Buffer.from(unit.data) }),
    dropped: () => undefined,
  });
  splitFlv(take).push(await readFile(new URL('../fixture.flv', import.meta.url)));
  return { tracks, units };
}
