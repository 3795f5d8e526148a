import type { ToldEvent, ToldSession } from './told-event.rules.ts';

interface RestorableSession {
  readonly _id: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: string;
}

type Plan<S> =
  | {
      readonly ok: true;
      /** `told` is null for a session that was added since. */
      readonly sessions: readonly { readonly session: S; readonly told: ToldSession | null }[];
    }
  | { readonly ok: false; readonly sessionTitle: string };

/** The sessions that differ from what was told, each with what it goes back to; one that went live stops it all. */
export function sessionsToRestore<S extends RestorableSession>(
  sent: ToldEvent,
  sessions: readonly S[],
): Plan<S> {
  const told = new Map(sent.sessions.map((session) => [session.id, session]));
  const plan = sessions
    .map((session) => ({ session, told: told.get(session._id) ?? null }))
    .filter((entry) => differs(entry.session, entry.told));
  const begun = plan.find(({ session }) => !['scheduled', 'cancelled'].includes(session.state));
  return begun ? { ok: false, sessionTitle: begun.session.title } : { ok: true, sessions: plan };
}

function differs(session: RestorableSession, told: ToldSession | null): boolean {
  const isCancelled = session.state === 'cancelled';
  if (!told) return !isCancelled;
  return (
    isCancelled !== told.isCancelled ||
    session.title !== told.title ||
    session.startsAt.getTime() !== told.startsAt.getTime() ||
    session.endsAt.getTime() !== told.endsAt.getTime()
  );
}
