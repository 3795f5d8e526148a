import { longestCaption, type PostedCaptions } from '../contracts/caption.ts';
import type { Deps } from '../deps.ts';
import { isDuplicateKey } from '../platform/database/is-duplicate-key.ts';
import { newId } from '../platform/new-id.ts';
import { CaptionModel, type Caption } from './caption.model.ts';
import type { Captioner } from './caption.queries.ts';
import { timeCaptions } from './caption.rules.ts';
import { tellCaptions } from './tell-captions.ts';

export type WriteCaptionsResult =
  | { readonly ok: true; readonly captions: readonly Caption[] }
  | { readonly ok: false; readonly reason: 'bad-times'; readonly index: number; readonly message: string };

/**
 * Keeps what a captioner wrote for their stage, and shows it to who watches. A line sent again, because its answer was
 * lost, has the same id and is kept once.
 */
export async function writeCaptions(
  { link }: Captioner,
  { captions }: PostedCaptions,
  { clock }: Pick<Deps, 'clock'>,
): Promise<WriteCaptionsResult> {
  const now = clock.now();
  const timed = timeCaptions(captions, now);
  if (!timed.ok) return { ...timed, reason: 'bad-times' };
  const { organiserId, eventId, stageId = null } = link;
  const lines = timed.captions.map(({ text, from, to }, index) => ({
    _id: captions[index]?.id ? `${link._id.slice(0, 8)}-${captions[index].id}` : newId(),
    organiserId,
    eventId,
    stageId,
    from,
    to,
    text: [...text].slice(0, longestCaption).join(''),
    by: link._id,
    createdAt: now,
  }));
  const kept: typeof lines = [];
  for (const line of lines) if (await keep(line)) kept.push(line);
  tellCaptions(eventId, kept);
  return { ok: true, captions: lines };
}

async function keep(line: Caption): Promise<boolean> {
  try {
    await CaptionModel.create([line]);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
