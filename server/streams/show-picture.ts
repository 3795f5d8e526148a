import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { StageShows } from '../contracts/stage-picture.ts';
import type { Deps } from '../deps.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { changePicture } from './change-picture.ts';
import { openStream } from './open-stream.ts';
import type { StageScope } from './stream-change.rules.ts';
import type { Stream } from './stream.model.ts';
import { chosenSource } from './stream.rules.ts';

export interface ShowPictureInput {
  readonly stageId: string | null;
  readonly shows: StageShows;
  /** The picture's revision that the moderator was looking at. */
  readonly revision: number;
}

export type ShownPicture =
  | { readonly ok: true; readonly stream: Stream }
  | { readonly ok: false; readonly reason: 'switched-meanwhile' | 'no-player'; readonly stream: Stream };

/** Switches what a stage shows: at once for viewers' pages, at the next key frame for the pictures themselves. */
export async function showPicture(
  { event, actor }: Pick<StageScope, 'event'> & { readonly actor: Actor },
  { stageId, shows, revision }: ShowPictureInput,
  deps: Deps,
): Promise<ShownPicture> {
  requirePermission(actor, 'picture:show', event.organiserId);
  requireStage(event, stageId);
  const at = deps.clock.now();
  return deps.transaction(async () => {
    const before = await openStream(event, stageId, at);
    if (shows === 'external' && !before.external) return { ok: false, reason: 'no-player', stream: before };
    if (before.shows === shows && before.shownRevision > 0) return { ok: true, stream: before };
    if (revision < before.shownRevision) return { ok: false, reason: 'switched-meanwhile', stream: before };
    const after = await changePicture(before, { shows }, at);
    if (chosenSource(before) !== chosenSource(after)) await selectSource(after, at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'picture:shown',
      subject: { noun: 'stream', id: after._id },
      changes: { shows: { before: before.shows, after: shows } },
    });
    return { ok: true, stream: after };
  });
}

/** Has the media process told which source is on air; what it is told is what then stands. */
export async function selectSource({ _id }: Pick<Stream, '_id'>, at: Date): Promise<void> {
  await addOutboxMessages([
    {
      message: { kind: 'stream:selected', payload: { streamId: _id } },
      // In no order: one that waits for the media process to come back would hold up the next.
      options: { at, priority: 0 },
    },
  ]);
}
