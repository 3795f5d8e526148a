import type { Deps } from '../deps.ts';
import { appendFacts } from '../live/append-facts.ts';
import { getLiveSnapshot } from '../live/live.queries.ts';

/** Shows an edited agenda in the live room. Call inside the transaction of the edit; a draft has no live room. */
export async function tellLiveRoom(
  event: { readonly _id: string; readonly publishedAt?: Date | null },
  deps: Pick<Deps, 'clock'>,
): Promise<void> {
  if (!event.publishedAt) return;
  const snapshot = await getLiveSnapshot(event._id);
  await appendFacts(
    event._id,
    ['viewers', 'moderators'],
    [{ name: 'agenda:changed', snapshot }],
    deps.clock.now(),
  );
}
