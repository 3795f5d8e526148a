import { trusted } from 'mongoose';
import { AuditEntryModel, type AuditEntry } from './audit-entry.model.ts';

/** What was last done to any of these documents of an organiser, the newest first. */
export async function listRecentAuditEntries(
  organiserId: string,
  subjectIds: readonly string[],
  limit: number,
): Promise<Pick<AuditEntry, 'at' | 'action'>[]> {
  return AuditEntryModel.find(
    { organiserId, 'subject.id': trusted({ $in: [...subjectIds] }) },
    { at: 1, action: 1 },
  )
    .sort({ at: -1, _id: 1 })
    .limit(limit)
    .lean();
}
