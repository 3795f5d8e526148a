import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import type { Event } from '../events/event.queries.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import { changePicture } from './change-picture.ts';
import { openStream } from './open-stream.ts';
import { findPublishingObstacle } from './publish.rules.ts';
import { selectSource } from './show-picture.ts';
import { issueStudioTicket } from './studio-ticket.rules.ts';

export type GivenStudioTicket =
  | { readonly ok: true; readonly ticket: string }
  /** A sentence for whoever wants to go on air. */
  | { readonly ok: false; readonly message: string };

/**
 * Lets somebody whose right was checked go on air from their browser, at once and once. A stage that was never set up shows
 * the studio from then on; on any other, viewers see what its switch says.
 */
export async function giveStudioTicket(
  actor: Actor,
  {
    event,
    stageId,
    person,
  }: {
    readonly event: Event;
    readonly stageId: string | null;
    readonly person: `${'member' | 'speaker'}:${string}`;
  },
  deps: Deps,
): Promise<GivenStudioTicket> {
  requireStage(event, stageId);
  const at = deps.clock.now();
  const message = findPublishingObstacle(event, at);
  if (message) return { ok: false, message };
  const streamId = await deps.transaction(async () => {
    const stream = await openStream(event, stageId, at);
    const isNew =
      stream.createdAt.getTime() === at.getTime() && !stream.keyHash && stream.shows === 'encoder';
    if (isNew) await selectSource(await changePicture(stream, { shows: 'studio' }, at), at);
    await recordAuditEntry(actor, {
      at,
      organiserId: event.organiserId,
      action: 'studio-ticket:given',
      subject: { noun: 'stream', id: stream._id },
    });
    return stream._id;
  });
  return { ok: true, ticket: issueStudioTicket({ streamId, person }, at, deps.secrets) };
}
