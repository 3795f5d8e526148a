import { trusted } from 'mongoose';
import type { NotedPosition } from '../contracts/replay.ts';
import type { Deps } from '../deps.ts';
import type { LiveRight } from '../participants/enter-live-room.ts';
import { ReplayPositionModel } from './replay-position.model.ts';

/** Notes where somebody left off, unless they watched on since then on another device. */
export async function noteReplayPosition(
  { replayId, eventId }: { readonly replayId: string; readonly eventId: string },
  { key, registrationId, memberId, speakerId }: LiveRight,
  { seconds, agoMs }: NotedPosition,
  { clock }: Pick<Deps, 'clock'>,
): Promise<void> {
  const watchedAt = new Date(clock.now().getTime() - agoMs);
  const place = { seconds, watchedAt };
  const moveOn = () =>
    ReplayPositionModel.updateOne(
      { replayId, key, watchedAt: trusted({ $lte: watchedAt }) },
      { $set: place },
    );
  if ((await moveOn()).matchedCount > 0) return;
  const first = await ReplayPositionModel.updateOne(
    { replayId, key },
    { $setOnInsert: { eventId, registrationId, memberId, speakerId, ...place } },
    { upsert: true },
  );
  // Another device was first at the same moment, and may have watched earlier.
  if (first.upsertedCount === 0) await moveOn();
}
