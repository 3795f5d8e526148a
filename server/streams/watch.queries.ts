import { trusted } from 'mongoose';
import type { Deps } from '../deps.ts';
import { readTogether } from '../platform/database/read-together.ts';
import { StreamModel } from './stream.model.ts';
import { WatchRightModel, type WatchRight } from './watch-right.model.ts';
import { viewerTag, watchPath, type WatchPath } from './watch.rules.ts';

const readRight = readTogether<WatchRight>(
  (eventId, ids) => WatchRightModel.find({ eventId, _id: trusted({ $in: [...ids] }) }).lean(),
  ({ _id }) => _id,
);
const readStream = readTogether<{ _id: string; stageId?: string | null }>(
  (eventId) => StreamModel.find({ eventId }, { stageId: 1 }).lean(),
  ({ stageId }) => stageId ?? '',
);

/** Where a participant, whose right was asked for a moment ago, finds a stage's pictures. null: it has no stream. */
export async function findWatchPath(
  { eventId, participantId, stageId }: WatchedStage,
  { clock, secrets }: Pick<Deps, 'clock' | 'secrets'>,
): Promise<WatchPath> {
  const [stream, right] = await Promise.all([
    readStream(eventId, stageId ?? ''),
    readRight(eventId, participantId),
  ]);
  const now = clock.now();
  if (!stream) return { path: null, expiresAt: now.getTime() };
  return watchPath(stream._id, viewerTag(participantId, right?.version ?? 0, secrets), now, secrets);
}

/** By what the media process knows a participant, whose right was asked for a moment ago. */
export async function findViewerTag(
  { eventId, participantId }: Pick<WatchedStage, 'eventId' | 'participantId'>,
  { secrets }: Pick<Deps, 'secrets'>,
): Promise<string> {
  const right = await readRight(eventId, participantId);
  return viewerTag(participantId, right?.version ?? 0, secrets);
}

export interface WatchedStage {
  readonly eventId: string;
  readonly participantId: string;
  readonly stageId: string | null;
}

/** Whether what holds this tag opens nothing more. */
export async function isTagRevoked(tag: string, now: Date): Promise<boolean> {
  const rights = await WatchRightModel.find({ revokedTags: tag, until: trusted({ $gt: now }) }).lean();
  return rights.length > 0;
}

/** For a media process that has just begun: whose tokens open nothing, until they have run out. */
export async function listRevokedViewers(now: Date): Promise<{ viewer: string; until: number }[]> {
  const rights = await WatchRightModel.find({ until: trusted({ $gt: now }) }).lean();
  return rights.flatMap(({ revokedTags, until }) =>
    revokedTags.map((viewer) => ({ viewer, until: until.getTime() })),
  );
}
