import type { Actor } from '../contracts/actor.ts';
import { liveAudience } from '../contracts/live-facts.ts';
import type { Deps } from '../deps.ts';
import { moveSession, type MoveSessionInput, type MoveSessionResult } from '../sessions/move-session.ts';
import { appendFacts } from '../live-log/append-facts.ts';
import { progressOf } from './live.rules.ts';

/** Moves a session and tells its live room, in one transaction: nobody sees one without the other. */
export async function directSession(
  actor: Actor,
  input: MoveSessionInput,
  deps: Deps,
): Promise<MoveSessionResult> {
  return deps.transaction(async () => {
    const result = await moveSession(actor, input, deps);
    if (!result.ok) return result;
    const fact = { name: 'session:moved', session: progressOf(result.session) } as const;
    await appendFacts(input.eventId, liveAudience.options, [fact], deps.clock.now());
    return result;
  });
}
