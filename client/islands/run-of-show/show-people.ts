import type { LiveAuthor } from '../../../server/contracts/live-chat.ts';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import type { ShowStore } from './run-of-show.store.ts';

/** "Rhian Beddoe, Vale of Arrow Council" */
export const personInWords = ({ name, organisation }: Pick<LiveAuthor, 'name' | 'organisation'>): string =>
  organisation ? `${name}, ${organisation}` : name;

const roleWords: Readonly<Record<LiveAuthor['role'], string>> = {
  attendee: '',
  speaker: 'Speaker',
  moderator: 'Moderator',
  organiser: 'Organiser',
  onlooker: 'Looks on',
};
export const roleInWords = (role: LiveAuthor['role']): string => roleWords[role];

/** Those who run the day are not told to be silent. */
export const canBeSilenced = ({ role }: Pick<LiveAuthor, 'role'>): boolean =>
  role === 'attendee' || role === 'speaker';

interface Person {
  readonly id: string;
  readonly name: string;
}

export const timeOut = (store: ShowStore, { id, name }: Person, minutes = 10) =>
  store.act(
    'viewer:silence',
    { participantId: id, minutes },
    `${name} can only read for the next ${minutes} minutes.`,
  );

export const freeAgain = (store: ShowStore, { id, name }: Person) =>
  store.act('viewer:silence', { participantId: id, minutes: 0 }, `${name} may speak again.`);

export const letBackIn = (store: ShowStore, { id, name }: Person) =>
  store.act('viewer:ban', { participantId: id, isBanned: false }, `${name} may come back.`);

export function askToBan(store: ShowStore, { id, name }: Person): void {
  store.confirm({
    title: `Ban ${name}?`,
    text: `${name} leaves the live room at once, on every device, and cannot come back to this event. What they wrote stays until you delete it. It touches nobody else, and you can lift it under People.`,
    button: `Ban ${name}`,
    act: () =>
      void store.act('viewer:ban', { participantId: id, isBanned: true }, `${name} has had to leave.`),
  });
}

/** Speakers of the day by id, once each; a session whose names do not match its ids is left out. */
export function speakersOfDay(snapshot: LiveSnapshot): readonly { id: string; name: string }[] {
  const names = new Map<string, string>();
  for (const { speakerIds, speakers } of snapshot.sessions)
    if (speakerIds.length === speakers.length)
      speakerIds.forEach((id, index) => names.set(id, speakers[index] ?? ''));
  return [...names].map(([id, name]) => ({ id, name }));
}
