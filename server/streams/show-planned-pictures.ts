import { trusted } from 'mongoose';
import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { changePicture } from './change-picture.ts';
import { selectSource } from './show-picture.ts';
import { StreamModel } from './stream.model.ts';
import { chosenSource } from './stream.rules.ts';

const plan: Actor = { kind: 'system', name: 'planned-pictures' };
const mostAtOnce = 100;

/** Switches every stage whose planned time has come; of several that were missed the last counts. */
export async function showPlannedPictures(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const due = await StreamModel.find({ 'planned.at': trusted({ $lte: now }) }, { _id: 1 })
    .limit(mostAtOnce)
    .lean();
  for (const { _id } of due) await deps.transaction(() => showPlanned(_id, now));
}

async function showPlanned(streamId: string, now: Date): Promise<void> {
  const before = await StreamModel.findOne({ _id: streamId }).lean();
  const last = before?.planned.filter(({ at }) => at <= now).at(-1);
  if (!before || !last) return;
  const planned = before.planned.filter(({ at }) => at > now);
  // The other player was taken away since: the slate says as much.
  const shows = last.shows === 'external' && !before.external ? 'slate' : last.shows;
  if (shows === before.shows) {
    await StreamModel.updateOne({ _id: streamId }, { $set: { planned } });
    return;
  }
  const after = await changePicture(before, { planned, shows }, now);
  if (chosenSource(before) !== chosenSource(after)) await selectSource(after, now);
  await recordAuditEntry(plan, {
    at: now,
    organiserId: before.organiserId,
    action: 'picture:shown',
    subject: { noun: 'stream', id: streamId },
    changes: { shows: { before: before.shows, after: shows } },
  });
}
