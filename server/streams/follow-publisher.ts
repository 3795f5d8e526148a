import { recordAuditEntry } from '../audit/record-audit-entry.ts';
import type { Actor } from '../contracts/actor.ts';
import type { PictureSource } from '../contracts/stage-picture.ts';
import type { Deps } from '../deps.ts';
import { changePicture } from './change-picture.ts';
import { selectSource } from './show-picture.ts';
import { StreamModel } from './stream.model.ts';
import { chosenSource } from './stream.rules.ts';

const publisher: Actor = { kind: 'system', name: 'publisher' };

/** A stage that nobody has switched yet shows whoever comes while nothing else does; from then on people decide. */
export async function followPublisher(
  { streamId, source }: { readonly streamId: string; readonly source: PictureSource },
  deps: Pick<Deps, 'clock' | 'transaction'>,
): Promise<void> {
  const at = deps.clock.now();
  await deps.transaction(async () => {
    const before = await StreamModel.findOne({ _id: streamId }).lean();
    if (!before || before.shownRevision > 0 || before.isReceiving) return;
    const shown = chosenSource(before);
    if (shown === null || shown === source) return;
    const after = await changePicture(before, { shows: source }, at, 'of-itself');
    await selectSource(after, at);
    await recordAuditEntry(publisher, {
      at,
      organiserId: before.organiserId,
      action: 'picture:shown',
      subject: { noun: 'stream', id: streamId },
      changes: { shows: { before: before.shows, after: source } },
    });
  });
}
