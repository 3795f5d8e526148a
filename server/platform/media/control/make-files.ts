import { setTimeout as delay } from 'node:timers/promises';
import type { MediaMessage } from '../../../contracts/media-control.ts';
import type { Logger } from '../../logging/create-logger.ts';
import type { RecordedRange, Recordings } from '../recording/recording.ts';
import type { WebClient } from './web-client.ts';

export interface FileMaker {
  /** Returns at once; web is told by `made`. */
  make(range: RecordedRange, fileId: string): void;
  /** Resolves when nothing is being made. */
  settled(): Promise<void>;
}

const mostTries = 20;

/** Makes files of recordings, one after the other: an hour of them is read and written as fast as the disk can. */
export function makeFiles(options: {
  readonly recordings: Pick<Recordings, 'makeFile'>;
  readonly web: WebClient;
  readonly logger: Logger;
}): FileMaker {
  const { recordings, web, logger } = options;
  const waiting = new Set<string>();
  let last: Promise<void> = Promise.resolve();

  const makeOne = async (range: RecordedRange, fileId: string): Promise<MediaMessage<'made'>> => {
    try {
      const made = await recordings.makeFile(range, fileId);
      return made
        ? { fileId, ok: true, bytes: made.bytes, reason: null }
        : { fileId, ok: false, bytes: 0, reason: 'Nothing is recorded of that time.' };
    } catch (error) {
      logger.error({ err: error, streamId: range.streamId, fileId }, 'a file could not be made');
      return { fileId, ok: false, bytes: 0, reason: 'The file could not be written.' };
    }
  };
  const tell = async (message: MediaMessage<'made'>) => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      if ((await web.ask('made', message)).ok) return;
      await delay(Math.min(30_000, 500 * 2 ** tries), undefined, { ref: false });
    }
    logger.error({ fileId: message.fileId }, 'web never heard that a file is there');
  };
  return {
    make(range, fileId) {
      if (waiting.has(fileId)) return;
      waiting.add(fileId);
      last = last.then(async () => {
        const message = await makeOne(range, fileId);
        waiting.delete(fileId);
        void tell(message);
      });
    },
    settled: () => last,
  };
}
