import type { Actor } from '../contracts/actor.ts';
import { newId } from '../platform/new-id.ts';
import { AuditEntryModel } from './audit-entry.model.ts';

/** What was done, as `<noun>:<past verb>`, to which document, with before and after where it helps. */
export interface AuditRow {
  readonly at: Date;
  readonly organiserId: string | null;
  readonly action: `${string}:${string}`;
  readonly subject: { readonly noun: string; readonly id: string };
  readonly changes?: Readonly<Record<string, unknown>>;
}

/** Call inside the transaction of the change, so that neither exists without the other. */
export async function recordAuditEntry(actor: Actor, row: AuditRow): Promise<void> {
  await recordAuditEntries([{ actor, row }]);
}

/** The same for many at once, in one write. */
export async function recordAuditEntries(
  entries: readonly { readonly actor: Actor; readonly row: AuditRow }[],
): Promise<void> {
  await AuditEntryModel.insertMany(
    entries.map(({ actor, row }) => ({
      _id: newId(),
      ...row,
      actor: { kind: actor.kind, id: idOf(actor) },
    })),
  );
}

function idOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'visitor':
      return null;
    case 'system':
      return actor.name;
    case 'member':
      return actor.memberId;
    case 'attendee':
      return actor.signInId;
    case 'pass':
      return actor.pass.registrationId;
  }
}
