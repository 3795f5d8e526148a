import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { StreamSettingsForm } from '../contracts/stream-form.ts';
import type { Deps } from '../deps.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { changePicture } from './change-picture.ts';
import { openStream } from './open-stream.ts';
import { selectSource } from './show-picture.ts';
import type { StageScope } from './stream-change.rules.ts';
import type { Stream } from './stream.model.ts';

export type EditedStream =
  | { readonly ok: true; readonly stream: Stream }
  | { readonly ok: false; readonly reason: 'edited-meanwhile'; readonly stream: Stream };

/** Sets what a stage may show besides its own stream. Where that player is on air and goes, the slate is shown. */
export async function editStream(
  actor: Actor,
  { event, stageId, slateText, external, revision }: StageScope & StreamSettingsForm,
  deps: Deps,
): Promise<EditedStream> {
  requirePermission(actor, 'stream:edit', event.organiserId);
  requireStage(event, stageId);
  const at = deps.clock.now();
  return deps.transaction(async () => {
    const before = await openStream(event, stageId, at);
    if (revision < before.settingsRevision) return { ok: false, reason: 'edited-meanwhile', stream: before };
    const shows = before.shows === 'external' && !external ? 'slate' : before.shows;
    const settingsRevision = before.revision + 1;
    const change = { slateText: slateText || null, external, shows, settingsRevision };
    const stream = await changePicture(before, change, at);
    if (before.shownRevision === 0 || shows !== before.shows) await selectSource(stream, at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'stream:edited',
      subject: { noun: 'stream', id: stream._id },
      changes: { slateText: { before: before.slateText, after: stream.slateText }, external },
    });
    return { ok: true, stream };
  });
}
