import type { Actor, Pass } from '../../contracts/actor.ts';
import type { RightsHolder } from './changed-rights.ts';

/** Who is behind a socket, as the cookies of its handshake say. */
export interface Who {
  readonly actor: Actor;
  readonly passes: readonly Pass[];
}

/** Someone to count sockets and messages of: a person stays one person on all devices. null is nobody at all. */
export function personOf({ actor, passes }: Who): string | null {
  switch (actor.kind) {
    case 'member':
      return `member:${actor.memberId}`;
    case 'attendee':
      return `attendee:${actor.email}`;
    case 'pass':
      return `place:${actor.pass.registrationId}`;
    case 'system':
    case 'visitor':
      return passes[0] ? `place:${passes[0].registrationId}` : null;
  }
}

/** Whether somebody is in their rooms by this address or this place. */
export function isSameHolder({ actor, passes }: Who, { email, registrationId }: RightsHolder): boolean {
  if ((actor.kind === 'attendee' || actor.kind === 'member') && actor.email === email) return true;
  const held = actor.kind === 'pass' ? [actor.pass, ...passes] : passes;
  return held.some((pass) => pass.registrationId === registrationId);
}

/** Every sign-in this socket stands on; when one of them is revoked the socket goes. */
export function signInsOf({ actor, passes }: Who): string[] {
  const own = actor.kind === 'attendee' || actor.kind === 'member' ? [actor.signInId] : [];
  const passed = actor.kind === 'pass' ? [actor.pass, ...passes] : passes;
  return [...own, ...passed.map((pass) => pass.signInId)];
}
