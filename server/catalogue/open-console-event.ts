import type { Response } from 'express';
import type { ConsoleEvent } from '../contracts/console-event.ts';
import type { Deps } from '../deps.ts';
import { getEventOfOrganiser, type Event } from '../events/event.queries.ts';
import { requireMember, requirePermission, type Permission } from '../organisers/permission.rules.ts';
import { listSessionsOfEvent, type Session } from '../sessions/session.queries.ts';
import { consoleEvent } from './console-event.rules.ts';

export interface OpenedEvent {
  readonly actor: ReturnType<typeof requireMember>;
  readonly event: Event;
  readonly sessions: readonly Session[];
  /** The event as the pages of the console name it. */
  readonly shown: ConsoleEvent;
}

/** The event of a console page, for a member who may; another organiser's is not there at all. */
export async function openConsoleEvent(
  response: Response,
  eventId: string,
  permission: Permission,
  deps: Pick<Deps, 'clock'>,
): Promise<OpenedEvent> {
  const actor = requireMember(response.locals.actor);
  const event = await getEventOfOrganiser(actor.organiserId, eventId);
  requirePermission(actor, permission, event.organiserId);
  const sessions = await listSessionsOfEvent(event._id);
  return { actor, event, sessions, shown: consoleEvent(event, sessions, deps.clock.now()) };
}
