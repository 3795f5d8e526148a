import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { DocumentForm, SiteDocumentName } from '../contracts/document-form.ts';
import type { Deps } from '../deps.ts';
import { requireMember, requirePermission } from '../organisers/permission.rules.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { DocumentModel } from './document.model.ts';

export type EditDocumentResult =
  { readonly ok: true } | { readonly ok: false; readonly reason: 'edited-meanwhile' };

/** Replaces a page of the site. The pages belong to the whole installation, so every owner may keep them. */
export async function editDocument(
  actor: Actor,
  input: DocumentForm & { readonly name: SiteDocumentName },
  deps: Deps,
): Promise<EditDocumentResult> {
  const { organiserId } = requireMember(actor);
  requirePermission(actor, 'document:edit', organiserId);
  const { name, markdown, revision } = input;
  const now = deps.clock.now();
  try {
    return await deps.transaction(async () => {
      // Revision 0 is the shipped text: the upsert then meets the unique id if somebody else was first.
      const written = await DocumentModel.updateOne(
        { _id: name, revision },
        { $set: { markdown, revision: revision + 1, editedAt: now } },
        { upsert: revision === 0 },
      );
      if (written.matchedCount + written.upsertedCount === 0)
        return { ok: false, reason: 'edited-meanwhile' };
      await recordAuditEntry(actor, {
        at: now,
        organiserId,
        action: 'document:edited',
        subject: { noun: 'document', id: name },
        changes: { revision: revision + 1 },
      });
      return { ok: true };
    });
  } catch (error) {
    if (isDuplicateKey(error)) return { ok: false, reason: 'edited-meanwhile' };
    throw error;
  }
}
