import { AppError } from '../contracts/problem.ts';
import type { Actor, MemberRole } from '../contracts/actor.ts';

/** The one table of who may do what. A permission that is not here does not compile. */
const rolesByPermission = {
  'event:read': ['owner', 'organiser', 'moderator', 'finance', 'viewer'],
  'event:edit': ['owner', 'organiser'],
  'event:publish': ['owner', 'organiser'],
  'event:cancel': ['owner', 'organiser'],
  'session:edit': ['owner', 'organiser'],
  'session:direct': ['owner', 'organiser'],
  'speaker:edit': ['owner', 'organiser'],
  'registration:read': ['owner', 'organiser', 'moderator', 'finance'],
  'registration:edit': ['owner', 'organiser'],
  'access-needs:read': ['owner', 'organiser'],
  'message:send': ['owner', 'organiser'],
  'message:urgent': ['owner', 'organiser', 'moderator'],
  'live:moderate': ['owner', 'organiser', 'moderator'],
  'member:manage': ['owner'],
  'document:edit': ['owner'],
} as const satisfies Record<string, readonly MemberRole[]>;

export type Permission = keyof typeof rolesByPermission;

export function hasPermission(actor: Actor, permission: Permission, organiserId: string): boolean {
  if (actor.kind !== 'member' || actor.organiserId !== organiserId) return false;
  return (rolesByPermission[permission] as readonly MemberRole[]).includes(actor.role);
}

/** The product itself may do everything; a stranger learns nothing about what belongs to another organiser. */
export function requirePermission(actor: Actor, permission: Permission, organiserId: string): void {
  if (actor.kind === 'system' || hasPermission(actor, permission, organiserId)) return;
  if (actor.kind === 'member' && actor.organiserId === organiserId)
    throw new AppError('forbidden', 'Your role does not allow this. Ask an owner of your organisation.');
  throw new AppError('not-found', 'We could not find that page.');
}

type Member = Extract<Actor, { kind: 'member' }>;

/** For pages of the console: who is not signed in is asked to; an attendee learns nothing about what is there. */
export function requireMember(actor: Actor): Member {
  if (actor.kind === 'member') return actor;
  if (actor.kind === 'visitor') throw new AppError('not-signed-in', 'Sign in to open the console.');
  throw new AppError('not-found', 'We could not find that page.');
}
