import { trusted } from 'mongoose';
import { EventModel } from './event.model.ts';

/** Takes a rehearsal away; false when it was gone. Never an event that people can have a place at. */
export async function removeRehearsalCopy(rehearsalId: string): Promise<boolean> {
  const filter = { _id: rehearsalId, rehearsalOf: trusted({ $ne: null }) };
  return (await EventModel.deleteOne(filter)).deletedCount === 1;
}
