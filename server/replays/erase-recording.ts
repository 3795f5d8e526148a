import { trusted } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { eraseRecorded } from '../streams/erase-recorded.ts';
import { listRecordedRuns } from '../streams/recording.queries.ts';
import { listStreamsOfEvent } from '../streams/stream.queries.ts';
import { reachOf, usesBeside, usesOf, usesWithin, withoutUses, type Span } from './recording-use.rules.ts';
import { ReplayModel } from './replay.model.ts';
import { listReplaysOfEvent } from './replay.queries.ts';

export interface RecordingAt extends Span {
  readonly organiserId: string;
  readonly eventId: string;
  readonly streamId: string;
}

export type EraseRecordingResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'published' | 'goes-on' | 'changed-meanwhile' };

/**
 * Erases a stretch of a stage's recording for good. A published replay keeps it; others that show it, which the
 * organiser was told of, lose their picture and say so.
 */
export async function eraseRecording(
  actor: Actor,
  input: RecordingAt & { readonly replayIds: readonly string[] },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<EraseRecordingResult> {
  const { organiserId, eventId, streamId, replayIds, from, to } = input;
  return deps.transaction(async () => {
    await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'session:edit', organiserId);
    if (!(await listStreamsOfEvent(eventId)).some(({ _id }) => _id === streamId))
      throw notFound('that recording');
    const at = deps.clock.now();
    const runs = await listRecordedRuns(eventId, at);
    const uses = usesOf(await listReplaysOfEvent(eventId), await listSessionsOfEvent(eventId));
    const hanging = usesWithin(uses, streamId, { from, to });
    const isRecording = runs.some((run) => run.streamId === streamId && run.isGoingOn && run.from < to);
    if (isRecording || to > at.getTime() || hanging.some(({ hold }) => hold === 'goes-on'))
      return { ok: false, reason: 'goes-on' };
    if (hanging.some(({ hold }) => hold === 'published')) return { ok: false, reason: 'published' };
    const gone = hanging.flatMap(({ replayId }) => replayId ?? []);
    if (gone.length !== replayIds.length || !gone.every((id) => replayIds.includes(id)))
      return { ok: false, reason: 'changed-meanwhile' };

    const reach = reachOf({ from, to }, hanging);
    const fileIds = hanging.flatMap(({ fileId }) => fileId ?? []);
    const spans = withoutUses(reach, usesBeside(uses, streamId, hanging));
    await ReplayModel.updateMany(
      { _id: trusted({ $in: gone }), eventId },
      {
        $set: {
          ...{ status: 'none', erasedAt: at, recordedMs: 0, holes: [] },
          ...{ fileId: null, fileStatus: 'none', fileBytes: 0 },
        },
        $inc: { revision: 1 },
      },
    );
    await eraseRecorded({ streamId, spans, fileIds }, at);
    await recordAuditEntry(actor, {
      at,
      organiserId,
      action: 'recording:erased',
      subject: { noun: 'stream', id: streamId },
      changes: { from: new Date(reach.from), to: new Date(reach.to), replayIds: gone },
    });
    return { ok: true };
  });
}
