/** What a member of an organiser may be. The permissions of each are in `organisers/permission.rules.ts`. */
export const memberRoles = ['owner', 'organiser', 'moderator', 'finance', 'viewer'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** Who is asking. Every use case takes one, and every audit row names one. */
export type Actor =
  | { readonly kind: 'visitor' }
  /** Signed in by a link or code sent to this address; `email` is lower case. */
  | { readonly kind: 'attendee'; readonly email: string; readonly signInId: string }
  /** A member of an organiser whose second factor has been checked. */
  | {
      readonly kind: 'member';
      readonly memberId: string;
      readonly organiserId: string;
      readonly role: MemberRole;
      readonly email: string;
      readonly signInId: string;
    }
  /** The holder of a personal join link: may watch one event with one registration, and nothing else. */
  | {
      readonly kind: 'join-pass';
      readonly registrationId: string;
      readonly eventId: string;
      readonly signInId: string;
    }
  /** The product itself: a schedule, a job, a migration or the demo. */
  | { readonly kind: 'system'; readonly name: string };

export const visitor: Actor = { kind: 'visitor' };
