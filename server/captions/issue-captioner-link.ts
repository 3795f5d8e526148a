import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser } from '../events/event.queries.ts';
import { requirePermission } from '../organisers/permission.rules.ts';
import { newId } from '../platform/new-id.ts';
import { hashToken, newToken } from '../platform/secrets/secret-box.ts';
import { CaptionerLinkModel } from './captioner-link.model.ts';

const mostLinks = 20;

export type IssueCaptionerLinkResult =
  { readonly ok: true; readonly token: string } | { readonly ok: false; readonly reason: 'too-many' };

/** A link with which one person writes the captions of one stage. Its token is told here and never again. */
export async function issueCaptionerLink(
  actor: Actor,
  input: {
    readonly organiserId: string;
    readonly eventId: string;
    readonly stageId: string | null;
    readonly name: string;
  },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<IssueCaptionerLinkResult> {
  const { organiserId, eventId, stageId, name } = input;
  return deps.transaction(async () => {
    const event = await getEventOfOrganiser(organiserId, eventId);
    requirePermission(actor, 'session:edit', organiserId);
    const isThere =
      stageId === null ? event.stages.length === 0 : event.stages.some(({ id }) => id === stageId);
    if (!isThere) throw notFound('that stage');
    if ((await CaptionerLinkModel.countDocuments({ eventId, revokedAt: null })) >= mostLinks)
      return { ok: false, reason: 'too-many' };
    const token = newToken();
    const createdAt = deps.clock.now();
    const _id = newId();
    await CaptionerLinkModel.create([
      { _id, organiserId, eventId, stageId, name, tokenHash: hashToken(token), createdAt },
    ]);
    await recordAuditEntry(actor, {
      at: createdAt,
      organiserId,
      action: 'captioner-link:issued',
      subject: { noun: 'captioner-link', id: _id },
      changes: { eventId, stageId },
    });
    return { ok: true, token };
  });
}
