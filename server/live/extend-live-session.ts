import type { Actor } from '../contracts/actor.ts';
import { liveAudience } from '../contracts/live-facts.ts';
import type { Deps } from '../deps.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import {
  extendSession,
  type ExtendSessionInput,
  type ExtendSessionResult,
} from '../sessions/extend-session.ts';
import { getLiveAgenda } from './live.queries.ts';

/** Extends a session and tells its live room in one transaction; times are part of the agenda, so that goes anew. */
export async function extendLiveSession(
  actor: Actor,
  input: ExtendSessionInput,
  deps: Deps,
): Promise<ExtendSessionResult> {
  return deps.transaction(async () => {
    const result = await extendSession(actor, input, deps);
    if (!result.ok) return result;
    const fact = { name: 'agenda:changed', agenda: await getLiveAgenda(input.eventId) } as const;
    await appendFacts(input.eventId, liveAudience.options, [fact], deps.clock.now());
    return result;
  });
}
