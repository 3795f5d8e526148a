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
  /** The holder of a pass, see below. */
  | { readonly kind: 'pass'; readonly pass: Pass }
  /** The product itself: a schedule, a job, a migration or the demo. */
  | { readonly kind: 'system'; readonly name: string };

/**
 * What a link in somebody's own mail opens after a button press, beside or without a sign-in. A join pass watches
 * one event with one registration; a manage pass changes or cancels that registration; either chooses its sessions;
 * neither does anything else.
 */
export interface Pass {
  readonly kind: 'join' | 'manage';
  readonly registrationId: string;
  readonly eventId: string;
  readonly signInId: string;
}

export const visitor: Actor = { kind: 'visitor' };
