import { readDueInvites } from './read-due-invites.ts';

/** How many invites and withdrawals would leave now: for a notice of what is about to be sent. */
export async function countPendingSpeakerInvites(eventId: string, at: Date): Promise<number> {
  return (await readDueInvites(eventId, at)).steps.length;
}
