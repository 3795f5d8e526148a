import { trusted } from 'mongoose';
import type { Deps } from '../../deps.ts';
import { runSchedule } from '../run-schedule.ts';
import { OutboxEntryModel } from './outbox-entry.ts';

/** Who got which mail, and when, can be looked up this long. */
const keptMs = 90 * 86_400_000;
const everyMs = 3_600_000;
/** Deleted at a time, so that no write holds up others for long. */
const pageSize = 500;

/** Deletes what was done, or given up, long ago. */
export async function pruneOutbox(before: Date): Promise<void> {
  for (const state of ['done', 'failed'] as const) {
    let ids: string[];
    do {
      const old = await OutboxEntryModel.find({ state, doneAt: trusted({ $lt: before }) }, { _id: 1 })
        .limit(pageSize)
        .lean();
      ids = old.map(({ _id }) => _id);
      if (ids.length > 0) await OutboxEntryModel.deleteMany({ _id: trusted({ $in: ids }), state });
    } while (ids.length === pageSize);
  }
}

/** `alsoPrune` deletes what messages that old refer to. */
export const startOutboxSchedule = (
  deps: Deps,
  alsoPrune: (before: Date) => Promise<unknown>,
): { stop(): Promise<void> } =>
  runSchedule(
    {
      name: 'prune-outbox',
      everyMs,
      isAlone: deps.config.mongodbUri === null,
      async run() {
        const before = new Date(deps.clock.now().getTime() - keptMs);
        await pruneOutbox(before);
        await alsoPrune(before);
      },
    },
    deps,
  );
