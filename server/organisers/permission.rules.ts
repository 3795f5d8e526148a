import { AppError } from '../contracts/problem.ts';
import type { Actor, MemberRole } from '../contracts/actor.ts';
import type { LivePermission } from '../contracts/live-messages.ts';

/** Members of an organiser, and who takes part in a live room without being one. */
export type Role = MemberRole | 'attendee' | 'speaker';

/** The one table of who may do what. A permission that is not here does not compile. */
const rolesByPermission = {
  'event:read': ['owner', 'organiser', 'moderator', 'finance', 'viewer'],
  'event:edit': ['owner', 'organiser'],
  'event:publish': ['owner', 'organiser'],
  'event:cancel': ['owner', 'organiser'],
  'session:edit': ['owner', 'organiser'],
  'session:direct': ['owner', 'organiser'],
  'stream:edit': ['owner', 'organiser'],
  'picture:show': ['owner', 'organiser', 'moderator'],
  'speaker:edit': ['owner', 'organiser'],
  'registration:read': ['owner', 'organiser', 'moderator', 'finance'],
  'registration:edit': ['owner', 'organiser'],
  'access-needs:read': ['owner', 'organiser'],
  'message:send': ['owner', 'organiser'],
  'message:urgent': ['owner', 'organiser', 'moderator'],
  'live:moderate': ['owner', 'organiser', 'moderator'],
  'live:read': ['owner', 'organiser', 'moderator', 'finance', 'viewer', 'attendee', 'speaker'],
  'backstage:read': ['owner', 'organiser', 'moderator', 'speaker'],
  'studio:enter': ['owner', 'organiser', 'speaker'],
  'chat:write': ['owner', 'organiser', 'moderator', 'attendee', 'speaker'],
  'question:ask': ['owner', 'organiser', 'moderator', 'attendee', 'speaker'],
  'question:answer': ['owner', 'organiser', 'moderator', 'speaker'],
  'poll:vote': ['owner', 'organiser', 'moderator', 'attendee', 'speaker'],
  'reaction:send': ['owner', 'organiser', 'moderator', 'attendee', 'speaker'],
  'member:manage': ['owner'],
  'document:edit': ['owner'],
} as const satisfies Record<LivePermission, readonly Role[]> & Record<string, readonly Role[]>;

export type Permission = keyof typeof rolesByPermission;

export function hasPermission(actor: Actor, permission: Permission, organiserId: string): boolean {
  if (actor.kind !== 'member' || actor.organiserId !== organiserId) return false;
  return roleMay(actor.role, permission);
}

export const roleMay = (role: Role, permission: Permission): boolean =>
  (rolesByPermission[permission] as readonly Role[]).includes(role);

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
