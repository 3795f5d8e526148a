import type { LiveAuthor, ParticipantRole } from '../contracts/live-chat.ts';
import type { LiveAudience, LiveFact } from '../contracts/live-facts.ts';
import type { SilencedViewer } from '../contracts/live-room-settings.ts';
import { AppError } from '../contracts/problem.ts';
import { foldedWords } from '../contracts/folded-text.ts';
import type { Permission, Role } from '../organisers/permission.rules.ts';

/** What each audience's log may be read with. */
export const permissionOfAudience: Readonly<Record<LiveAudience, Permission>> = {
  viewers: 'live:read',
  moderators: 'live:moderate',
  backstage: 'backstage:read',
};

/** As whom the others see somebody. */
export function shownRole(role: Role): ParticipantRole {
  switch (role) {
    case 'owner':
    case 'organiser':
      return 'organiser';
    case 'finance':
    case 'viewer':
      return 'onlooker';
    case 'moderator':
    case 'speaker':
    case 'attendee':
      return role;
  }
}

export const authorOf = (participant: {
  readonly _id: string;
  readonly name: string;
  readonly organisation: string;
  readonly role: ParticipantRole;
}): LiveAuthor => ({
  id: participant._id,
  name: participant.name,
  organisation: participant.organisation,
  role: participant.role,
});

/** Until when somebody may only read; null when they may speak. */
export const silencedUntil = (
  participant: { readonly silencedUntil?: Date | null },
  now: Date,
): Date | null =>
  participant.silencedUntil && participant.silencedUntil > now ? participant.silencedUntil : null;

interface Decided {
  readonly bannedAt?: Date | null;
  readonly silencedUntil?: Date | null;
}

/** For everything that is read of a room: throws for who was sent out of it. */
export function requireWelcome({ bannedAt }: Pick<Decided, 'bannedAt'>): void {
  if (bannedAt) throw sentOut();
}
const sentOut = () => new AppError('forbidden', 'A moderator has asked you to leave this live room.');

/** Why somebody may only read; null when they may speak. A transaction asks with what it has read itself. */
export function refusalToSpeak(participant: Decided, now: Date): AppError | null {
  if (participant.bannedAt) return sentOut();
  const until = silencedUntil(participant, now);
  if (!until) return null;
  const minutes = Math.ceil((until.getTime() - now.getTime()) / 60_000);
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return new AppError(
    'forbidden',
    `A moderator has asked you to pause. You can read, and take part again in ${wait}.`,
  );
}

/** For everything that others see: throws for who may only read. */
export function requireVoice(participant: Decided, now: Date): void {
  const refusal = refusalToSpeak(participant, now);
  if (refusal) throw refusal;
}

type Person = Parameters<typeof authorOf>[0] & Decided & { readonly raisedHandAt?: Date | null };

export function silencedViewerOf(person: Person, now: Date): SilencedViewer {
  const isBanned = Boolean(person.bannedAt);
  const until = isBanned ? null : silencedUntil(person, now);
  return { participant: authorOf(person), until: until?.toISOString() ?? null, isBanned };
}

/** What moderators hear when one of them silenced somebody or sent them out. */
export const factsOfDecision = (before: Person, after: Person, now: Date): LiveFact[] => [
  ...(before.raisedHandAt && !after.raisedHandAt
    ? [{ name: 'hand:lowered' as const, participantId: after._id }]
    : []),
  { name: 'viewer:silenced', viewer: silencedViewerOf(after, now) },
];

/** How somebody is found: by the start of any word of the name or organisation, and by the whole name after an @. */
export const foundBy = (person: { readonly name: string; readonly organisation: string }) => ({
  searchName: foldedWords(person.name).join(' '),
  searchWords: [...new Set(foldedWords(`${person.name} ${person.organisation}`))],
});
