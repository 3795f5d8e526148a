import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { retryMails, retryUnwritten } from '../platform/outbox/retry-messages.ts';
import { readUnwritten } from './read-unwritten.ts';

/** Tries mails again that were given up: one by its id, or all of the event. */
export async function resendMails(
  actor: Actor,
  input: {
    readonly event: { readonly _id: string; readonly organiserId: string };
    readonly mailId: string | null;
  },
  deps: Deps,
): Promise<{ ok: true; count: number }> {
  const { event, mailId } = input;
  requirePermission(actor, 'registration:edit', event.organiserId);
  const at = deps.clock.now();
  return deps.transaction(async () => {
    const unwritten = (await readUnwritten(event._id))
      .map(({ id }) => id)
      .filter((id) => mailId === null || id === mailId);
    const mails = await retryMails(`event:${event._id}`, mailId, at);
    const count = mails + (await retryUnwritten(unwritten, at));
    if (count > 0)
      await recordAuditEntry(actor, {
        at,
        organiserId: event.organiserId,
        action: 'mail:retried',
        subject: mailId === null ? { noun: 'event', id: event._id } : { noun: 'mail', id: mailId },
        changes: { count },
      });
    return { ok: true, count };
  });
}
