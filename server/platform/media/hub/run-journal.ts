import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../logging/create-logger.ts';

const note = z.object({
  runId: z.string().regex(/^[\w-]{8,64}$/),
  startedAt: z.number(),
  lostAt: z.number().nullable(),
});

/** A run that is not over. `lostAt`: when its encoder last sent, or the process that had it was last alive. */
export interface OpenRunNote {
  readonly streamId: string;
  readonly runId: string;
  readonly startedAt: number;
  readonly lostAt: number;
}

/** Which runs are not over, on disk: a process that comes after one that died goes on with them. */
export interface RunJournal {
  write(streamId: string, run: z.infer<typeof note>): void;
  /** The run is alive as of now. */
  touch(streamId: string): void;
  remove(streamId: string): void;
  list(): Promise<OpenRunNote[]>;
  /** Resolves when what was asked for is on disk. */
  settled(): Promise<void>;
}

export function openRunJournal(dataDirectory: string, logger: Logger): RunJournal {
  const folder = join(dataDirectory, 'live');
  const pathOf = (streamId: string) => join(folder, streamId, 'run.json');
  let last: Promise<unknown> = Promise.resolve();
  // One after the other: a note that is written late must not bring back a run that is over.
  const queue = (work: () => Promise<unknown>) => {
    last = last
      .then(work)
      .catch((error: unknown) => logger.warn({ err: error }, 'the note of a run was not kept'));
  };
  return {
    write(streamId, run) {
      queue(async () => {
        await mkdir(join(folder, streamId), { recursive: true });
        await writeFile(`${pathOf(streamId)}.new`, JSON.stringify(run));
        // When it was last alive is when the file was last touched, also for one that is written anew after a restart.
        if (run.lostAt !== null) await utimes(`${pathOf(streamId)}.new`, new Date(), new Date(run.lostAt));
        await rename(`${pathOf(streamId)}.new`, pathOf(streamId));
      });
    },
    // One that is over has none.
    touch: (streamId) => queue(() => utimes(pathOf(streamId), new Date(), new Date()).catch(() => undefined)),
    remove: (streamId) => queue(() => rm(pathOf(streamId), { force: true })),
    async list() {
      const streams = await readdir(folder).catch(() => []);
      const notes = await Promise.all(
        streams.map(async (streamId) => {
          try {
            const read = note.parse(JSON.parse(await readFile(pathOf(streamId), 'utf8')));
            return [{ ...read, streamId, lostAt: Math.round((await stat(pathOf(streamId))).mtimeMs) }];
          } catch {
            return [];
          }
        }),
      );
      return notes.flat();
    },
    settled: async () => void (await last),
  };
}
