import { liveAudience } from '../contracts/live-facts.ts';
import { AppError } from '../contracts/problem.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { StreamModel, type Stream } from './stream.model.ts';
import { pictureOf, type Planned } from './stream.rules.ts';

type Change = Partial<
  Pick<
    Stream,
    'shows' | 'slateText' | 'external' | 'runId' | 'runStartedAt' | 'isReceiving' | 'settingsRevision'
  >
> & { readonly planned?: readonly Planned[] };

/**
 * Writes what viewers hear of, in the transaction that read `before`, and tells everybody in the room. Of two such
 * transactions at once the later reads anew.
 */
export async function changePicture(
  before: Stream,
  change: Change,
  at: Date,
  switched: 'by-somebody' | 'of-itself' = 'by-somebody',
): Promise<Stream> {
  const revision = before.revision + 1;
  const isSwitched =
    switched === 'by-somebody' && change.shows !== undefined && change.shows !== before.shows;
  const after = await StreamModel.findOneAndUpdate(
    { _id: before._id, revision: before.revision },
    { $set: { ...change, revision, ...(isSwitched && { shownRevision: revision }) } },
    { returnDocument: 'after' },
  ).lean();
  if (!after) throw new AppError('conflict', 'Somebody else changed this stage a moment ago. Try again.');
  await appendFacts(
    before.eventId,
    liveAudience.options,
    [{ name: 'picture:changed', picture: pictureOf(after) }],
    at,
  );
  return after;
}
