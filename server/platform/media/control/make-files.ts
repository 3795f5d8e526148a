import { setTimeout as delay } from 'node:timers/promises';
import type { MediaMessage } from '../../../contracts/media-control.ts';
import type { Logger } from '../../logging/create-logger.ts';
import type { Recordings } from '../recording/recording.ts';
import { StorageAway } from '../storage/open-storage.ts';
import type { AskedFile, AskedFiles } from './asked-files.ts';
import type { WebClient } from './web-client.ts';

export interface FileMaker {
  /** Resolves once it will be made, whatever happens to this process; web is told by `made`. */
  make(asked: AskedFile): Promise<void>;
  /** Nobody wants these any more: what is being made of them is thrown away. */
  drop(streamId: string, fileIds: readonly string[]): Promise<void>;
  /** Makes what a process before this one was asked for and did not tell of. */
  resume(): Promise<void>;
  /** Resolves when nothing is being made. */
  settled(): Promise<void>;
}

const mostTries = 20;

/** Makes files of recordings, one after the other: an hour of them is read and written as fast as the disk can. */
export function makeFiles(options: {
  readonly recordings: Pick<Recordings, 'makeFile' | 'erase'>;
  readonly asked: AskedFiles;
  readonly web: WebClient;
  readonly logger: Logger;
}): FileMaker {
  const { recordings, asked: notes, web, logger } = options;
  const waiting = new Set<string>();
  const dropped = new Set<string>();
  let last: Promise<void> = Promise.resolve();

  const makeOne = async ({ fileId, ...range }: AskedFile): Promise<MediaMessage<'made'>> => {
    try {
      const made = await recordings.makeFile(range, fileId);
      return made
        ? { fileId, ok: true, bytes: made.bytes, reason: null }
        : { fileId, ok: false, bytes: 0, reason: 'Nothing is recorded of that time.' };
    } catch (error) {
      logger.error({ err: error, streamId: range.streamId, fileId }, 'a file could not be made');
      const reason =
        error instanceof StorageAway
          ? 'The storage of recordings does not answer. Ask for the file again later.'
          : 'The file could not be written.';
      return { fileId, ok: false, bytes: 0, reason };
    }
  };
  const tell = async (asked: AskedFile, message: MediaMessage<'made'>) => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      if ((await web.ask('made', message)).ok) return notes.remove(asked);
      await delay(Math.min(30_000, 500 * 2 ** tries), undefined, { ref: false });
    }
    logger.error({ fileId: message.fileId }, 'web has not heard yet that a file is there');
  };
  const enqueue = (asked: AskedFile) => {
    const { streamId, fileId } = asked;
    last = last
      .then(async () => {
        const message = dropped.has(fileId) ? null : await makeOne(asked);
        waiting.delete(fileId);
        if (!dropped.delete(fileId)) return void (message && tell(asked, message));
        await recordings.erase({ streamId, from: 0, to: 0 }, [fileId]);
        await notes.remove(asked);
      })
      .catch((error: unknown) => logger.error({ err: error, streamId, fileId }, 'a file was not dropped'));
  };
  return {
    async make(asked) {
      if (waiting.has(asked.fileId)) return;
      waiting.add(asked.fileId);
      try {
        await notes.add(asked);
      } catch (error) {
        waiting.delete(asked.fileId);
        throw error;
      }
      enqueue(asked);
    },
    async drop(streamId, fileIds) {
      for (const fileId of fileIds)
        if (waiting.has(fileId)) dropped.add(fileId);
        else await notes.remove({ streamId, fileId });
    },
    async resume() {
      for (const asked of await notes.list()) {
        waiting.add(asked.fileId);
        enqueue(asked);
      }
    },
    settled: () => last,
  };
}
