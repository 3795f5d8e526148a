import type { Event } from '../events/event.queries.ts';
import { ToldEventModel } from './told-event.model.ts';
import { toldEventId } from './event-update.queries.ts';
import { fingerprintOf, type ToldEvent } from './told-event.rules.ts';

/**
 * Keeps what the event tells at its version, if that is not kept yet; returns its fingerprint. Event and sessions
 * must be read in the transaction this is called in: then the version stands for one state only.
 */
export async function storeToldEvent(
  { _id: eventId, toldVersion: version }: Pick<Event, '_id' | 'toldVersion'>,
  state: ToldEvent,
  now: Date,
): Promise<string> {
  const _id = toldEventId(eventId, version);
  const fingerprint = fingerprintOf(state);
  if (!(await ToldEventModel.exists({ _id })))
    await ToldEventModel.create([
      { _id, eventId, version, fingerprint, ...state, sessions: [...state.sessions], storedAt: now },
    ]);
  return fingerprint;
}
