import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { newId } from '../platform/new-id.ts';
import { getSessionOfEvent } from '../sessions/session.queries.ts';
import { listStreamsOfEvent } from '../streams/stream.queries.ts';
import { requestReplayFile } from './request-replay-file.ts';
import { ReplayModel, type Replay } from './replay.model.ts';
import { spokenWordsOf } from './spoken-words.rules.ts';
import { listCuesOfReplay } from './replay.queries.ts';

/**
 * Makes the replay of a session that ended, or has it follow a session whose end was undone or that ended anew. Reads
 * the session as it is now, so that it may be asked twice and in any order. Call in a transaction.
 */
export async function planReplay(
  actor: Actor,
  { eventId, sessionId }: { readonly eventId: string; readonly sessionId: string },
  { clock }: Pick<Deps, 'clock'>,
): Promise<void> {
  const session = await getSessionOfEvent(eventId, sessionId);
  const known = await ReplayModel.findOne({ sessionId }).lean();
  const { wentLiveAt: from, revision: sessionRevision, organiserId } = session;
  if (!from || (known && known.sessionRevision >= sessionRevision)) return;
  const to = session.state === 'ended' ? (session.endedAt ?? null) : null;
  if (!known && !to) return;

  const stream = await findStreamOf(eventId, session.stageId ?? null);
  const status = to ? (stream ? 'ready' : 'none') : 'recording';
  const course = {
    erasedAt: null,
    from,
    to,
    status,
    sessionRevision,
    stageId: stream ? (stream.stageId ?? null) : (session.stageId ?? null),
    streamId: stream?._id ?? null,
  } as const;
  const now = clock.now();
  const replay = known ? await follow(known, course) : await create();
  const cues = await listCuesOfReplay(replay);
  await ReplayModel.updateOne({ _id: replay._id }, { $set: { spokenWords: spokenWordsOf(cues) } });
  if (status === 'ready') await requestReplayFile(replay, now);
  await recordAuditEntry(actor, {
    at: now,
    organiserId,
    action: known ? 'replay:followed' : 'replay:planned',
    subject: { noun: 'replay', id: replay._id },
    changes: { sessionId, status },
  });

  async function create(): Promise<Replay> {
    const replayId = newId();
    await ReplayModel.create([{ _id: replayId, organiserId, eventId, sessionId, ...course, createdAt: now }]);
    return ReplayModel.findOne({ _id: replayId }).orFail().lean();
  }
}

type Course = Pick<Replay, 'from' | 'status' | 'sessionRevision'> & {
  readonly erasedAt: null;
  readonly to: Date | null;
  readonly stageId: string | null;
  readonly streamId: string | null;
};

async function follow(known: Replay, course: Course): Promise<Replay> {
  // What was cut away may be more than what is left after an earlier end.
  const length = course.to ? course.to.getTime() - course.from.getTime() : Infinity;
  const trims = known.trimStart + known.trimEnd < length ? {} : { trimStart: 0, trimEnd: 0 };
  return ReplayModel.findOneAndUpdate(
    { _id: known._id },
    { $set: { ...course, ...trims }, $inc: { revision: 1 } },
    { returnDocument: 'after' },
  )
    .orFail()
    .lean();
}

/** A session on every stage is recorded from the first that has a stream. */
async function findStreamOf(eventId: string, stageId: string | null) {
  const streams = await listStreamsOfEvent(eventId);
  if (stageId !== null) return streams.find((stream) => stream.stageId === stageId) ?? null;
  const { stages } = await getEvent(eventId);
  const order = [null, ...stages.map(({ id }) => id)];
  return order.flatMap((id) => streams.filter((stream) => (stream.stageId ?? null) === id))[0] ?? null;
}
