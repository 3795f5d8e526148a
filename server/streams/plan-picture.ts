import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { StageShows } from '../contracts/stage-picture.ts';
import { mostPlanned } from '../contracts/stream-form.ts';
import type { Deps } from '../deps.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { openStream } from './open-stream.ts';
import type { StageScope } from './stream-change.rules.ts';
import type { Planned } from './stream.rules.ts';
import { StreamModel, type Stream } from './stream.model.ts';

export type PlannedPicture =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'past' | 'too-many' | 'no-player' };

/** Plans what a stage shows from an instant on. Of two plans for one instant the later stands. */
export async function planPicture(
  actor: Actor,
  { event, stageId, at, shows }: StageScope & { readonly at: Date; readonly shows: StageShows },
  deps: Deps,
): Promise<PlannedPicture> {
  requirePermission(actor, 'stream:edit', event.organiserId);
  requireStage(event, stageId);
  const now = deps.clock.now();
  if (at <= now) return { ok: false, reason: 'past' };
  return deps.transaction(async () => {
    const stream = await openStream(event, stageId, now);
    if (shows === 'external' && !stream.external) return { ok: false, reason: 'no-player' };
    const others = stream.planned.filter((entry) => entry.at.getTime() !== at.getTime());
    if (others.length >= mostPlanned) return { ok: false, reason: 'too-many' };
    const planned = [...others, { at, shows }].sort((a, b) => a.at.getTime() - b.at.getTime());
    await storePlanned(actor, stream, planned, now);
    return { ok: true };
  });
}

/** Call in the transaction that read the stream. */
export async function storePlanned(
  actor: Actor,
  stream: Stream,
  planned: readonly Planned[],
  at: Date,
): Promise<void> {
  await StreamModel.updateOne({ _id: stream._id }, { $set: { planned } });
  await recordAuditEntry(actor, {
    at,
    organiserId: stream.organiserId,
    action: 'picture:planned',
    subject: { noun: 'stream', id: stream._id },
    changes: { planned: { before: stream.planned, after: planned } },
  });
}
