import type { LiveAuthor, ParticipantRole } from '../contracts/live-chat.ts';
import type { LiveAudience } from '../contracts/live-facts.ts';
import { roleMay, type Permission, type Role } from '../organisers/permission.rules.ts';

/** What each audience's log may be read with. */
const permissionOfAudience: Readonly<Record<LiveAudience, Permission>> = {
  viewers: 'live:read',
  moderators: 'live:moderate',
  backstage: 'backstage:read',
};

export const mayHear = (role: Role, audience: LiveAudience): boolean =>
  roleMay(role, permissionOfAudience[audience]);

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
