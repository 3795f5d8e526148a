import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../../../server/platform/logging/create-logger.ts';
import { createDiskStore } from '../../../../server/platform/media/packaging/disk-store.ts';
import { openRecordings, type Recordings } from '../../../../server/platform/media/recording/recording.ts';
import {
  openStorage,
  type Storage,
  type StorageOptions,
} from '../../../../server/platform/media/storage/open-storage.ts';
import { openS3Server } from '../../../support/s3-server.ts';
import { until } from '../../../support/until.ts';
import { begin, makeRun, readFixture, runId, streamId, type MadeRun } from '../packaging/made-run.ts';

export const at = (seconds: number) => Date.parse(begin) + seconds * 1_000;
export const range = (from: number, to: number) => ({ streamId, from: at(from), to: at(to) });
const hour = 3_600_000;

export interface Kept {
  readonly storage: Storage;
  readonly recordings: Recordings;
  readonly logLines: readonly string[];
  stop(): Promise<void>;
}

/** A bucket, a disk and what stands between; processes come and go, and hours pass at once. */
export async function makeInstallation() {
  const s3 = await openS3Server();
  const directory = mkdtempSync(join(tmpdir(), 'plenary-storage-'));
  let hours = 0;
  const running: Kept[] = [];

  async function start(
    options: Partial<StorageOptions> & { secret?: string; keepHours?: number } = {},
  ): Promise<Kept> {
    const { secret = s3.keys.secretAccessKey, keepHours = 24, ...rest } = options;
    const logLines: string[] = [];
    const storage = await openStorage({
      ...{
        dataDirectory: directory,
        logger: createLogger('info', { write: (line) => void logLines.push(line) }),
      },
      now: () => Date.now() + hours * hour,
      config: {
        ...{ ...s3.keys, secretAccessKey: secret, endpoint: s3.endpoint, bucket: s3.bucket },
        ...{ prefix: 'plenary/', keepLocalMs: keepHours * hour },
      },
      pauseMs: () => 20,
      eraseAgainAfterMs: 40,
      patience: { readMs: 300, writeMs: 300 },
      ...rest,
    });
    const kept: Kept = {
      ...{
        storage,
        logLines,
        recordings: openRecordings({ dataDirectory: directory, ffmpegPath: null, storage }),
      },
      stop: () => storage.stop(),
    };
    running.push(kept);
    return kept;
  }

  /** The fixture so many times, 5 s each; `storage` hears of it as the media process has it. */
  async function record(times: number, storage: Storage | null): Promise<MadeRun> {
    const store = createDiskStore(directory, (stream, run) => storage?.keptOfRun(stream, run));
    const made = await makeRun({ directory, store });
    const { tracks, units } = await readFixture();
    tracks.forEach((track) => made.run.track(track));
    for (let round = 0; round < times; round += 1)
      made.send(
        units.map((unit) => ({ ...unit, dts: unit.dts + round * 450_000, pts: unit.pts + round * 450_000 })),
      );
    await made.run.end();
    return made;
  }

  return {
    ...{ s3, directory, start, record },
    /** Keys of what is kept of the run and the files, without the notes beside them. */
    keysInS3: () =>
      [...s3.objects.keys()]
        .filter((key) => !key.endsWith('.ndjson'))
        .map((key) => key.replace(`plenary/live/${streamId}/`, ''))
        .sort(),
    uploads: () => s3.asked.filter(({ method, key }) => method === 'PUT' && !key.endsWith('.ndjson')),
    localNames: (...path: string[]) =>
      readdir(join(directory, 'live', streamId, ...path)).catch((): string[] => []),
    passHours: (count: number) => (hours += count),
    /** The last thing that is uploaded of a run that is over. */
    allUploaded: () =>
      until('all to be uploaded', () => s3.objects.has(`plenary/live/${streamId}/${runId}/uploaded.ndjson`)),
    async close() {
      for (const kept of running) await kept.stop();
      await s3.goDown().catch(() => undefined);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
export type Installation = Awaited<ReturnType<typeof makeInstallation>>;
