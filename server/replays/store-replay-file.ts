import type { OutboxPayload } from '../contracts/outbox-messages.ts';
import type { Deps } from '../deps.ts';
import { ReplayModel } from './replay.model.ts';

/** Notes that a file is there to download, or that it could not be made. One that is no more wanted is passed over. */
export async function storeReplayFile(
  { fileId, ok, bytes, reason }: OutboxPayload<'replay-file:made'>,
  { logger }: Pick<Deps, 'logger'>,
): Promise<void> {
  const written = await ReplayModel.updateOne(
    { fileId },
    { $set: ok ? { fileStatus: 'ready', fileBytes: bytes } : { fileStatus: 'failed', fileBytes: 0 } },
  );
  if (!ok && written.matchedCount > 0) logger.error({ fileId, reason }, 'a file of a replay was not made');
}
