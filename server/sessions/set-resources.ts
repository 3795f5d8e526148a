import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { SessionResource } from '../contracts/live-room-settings.ts';
import { mostFiles } from '../contracts/resource-form.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { newId } from '../platform/new-id.ts';
import { addOutboxMessages } from '../platform/outbox/add-outbox-messages.ts';
import { SessionModel } from './session.model.ts';
import { getSessionOfEvent, type Session } from './session.queries.ts';

/** All links anew, one file more, or one file less. */
export type ResourceChange =
  | { readonly links: readonly { readonly title: string; readonly url: string }[] }
  | { readonly addFile: SessionResource }
  | { readonly removeFileId: string };

export type SetResourcesResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'edited-meanwhile' | 'too-many-files'; readonly session: Session };

/** Changes what stands beside a session, if nobody edited or moved it since. Open rooms see it; calendars need not know. */
export async function setResources(
  actor: Actor,
  input: {
    readonly organiserId: string;
    readonly eventId: string;
    readonly sessionId: string;
    readonly revision: number;
    readonly change: ResourceChange;
  },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<SetResourcesResult> {
  const { organiserId, eventId, sessionId, revision, change } = input;
  return deps.transaction(async () => {
    await getEventOfOrganiser(organiserId, eventId);
    const session = await getSessionOfEvent(eventId, sessionId);
    requirePermission(actor, 'session:edit', organiserId);
    const resources = resourcesAfter(session.resources as SessionResource[], change);
    if ('addFile' in change && resources.filter(({ kind }) => kind === 'file').length > mostFiles)
      return { ok: false, reason: 'too-many-files', session };
    const at = deps.clock.now();
    const written = await SessionModel.updateOne(
      { _id: sessionId, eventId, revision },
      { $set: { resources }, $inc: { revision: 1 } },
    );
    if (written.modifiedCount === 0) return { ok: false, reason: 'edited-meanwhile', session };
    await addOutboxMessages([
      { message: { kind: 'event:agenda-changed', payload: { eventId } }, options: { at } },
    ]);
    await recordAuditEntry(actor, {
      at,
      organiserId,
      action: 'session:resources-set',
      subject: { noun: 'session', id: sessionId },
      changes: { count: resources.length },
    });
    return { ok: true };
  });
}

/** Links first, in the order of the form; a link that stays keeps its id. */
function resourcesAfter(before: readonly SessionResource[], change: ResourceChange): SessionResource[] {
  if ('addFile' in change) return [...before, change.addFile];
  if ('removeFileId' in change) return before.filter(({ id }) => id !== change.removeFileId);
  const links = change.links.map(({ title, url }) => {
    const id = before.find((known) => known.kind === 'link' && known.url === url)?.id ?? newId();
    return { id, title, kind: 'link' as const, url, size: null };
  });
  return [...links, ...before.filter(({ kind }) => kind === 'file')];
}
