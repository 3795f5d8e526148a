import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import { fewestRecordingDays, usualRecordingDays } from '../contracts/recording-form.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { eraseRecorded, markSwept } from '../streams/erase-recorded.ts';
import { listEventsToSweep, listRecordedRuns } from '../streams/recording.queries.ts';
import { listReplaysOfEvent } from './replay.queries.ts';
import { usesBeside, usesOf, withoutUses } from './recording-use.rules.ts';

const dayMs = 86_400_000;

const retention: Actor = { kind: 'system', name: 'retention' };

/** Erases what no replay uses, of events whose organisers keep it for so many days. Harmless when it runs twice. */
export async function eraseUnusedRecordings(deps: Pick<Deps, 'clock' | 'transaction'>): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - fewestRecordingDays * dayMs);
  for (const eventId of await listEventsToSweep(before)) await sweepEvent(eventId, deps);
}

async function sweepEvent(eventId: string, { clock, transaction }: Pick<Deps, 'clock' | 'transaction'>) {
  await transaction(async () => {
    const at = clock.now();
    const { recordingDays, organiserId } = await getEvent(eventId);
    if (recordingDays === null) return;
    const oldest = at.getTime() - Math.max(fewestRecordingDays, recordingDays ?? usualRecordingDays) * dayMs;
    const runs = await listRecordedRuns(eventId, at);
    const over = runs.filter((run) => !run.isGoingOn && !run.isSwept && run.to < oldest);
    if (over.length === 0) return;
    const uses = usesOf(await listReplaysOfEvent(eventId), await listSessionsOfEvent(eventId));
    const erased = [];
    for (const run of over) {
      const spans = withoutUses(run, usesBeside(uses, run.streamId, []));
      await eraseRecorded({ streamId: run.streamId, spans, fileIds: [] }, at);
      for (const { from, to } of spans)
        erased.push({ streamId: run.streamId, from: new Date(from), to: new Date(to) });
    }
    await markSwept(
      over.map(({ runId }) => runId),
      at,
    );
    if (erased.length === 0) return;
    await recordAuditEntry(retention, {
      at,
      organiserId,
      action: 'recording:unused-erased',
      subject: { noun: 'event', id: eventId },
      changes: { erased },
    });
  });
}
