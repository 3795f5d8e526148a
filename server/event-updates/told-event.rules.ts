import { createHash } from 'node:crypto';

interface ToldSpan {
  readonly startsAtLocal: string;
  readonly endsAtLocal: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface ToldSession extends ToldSpan {
  readonly id: string;
  readonly title: string;
  readonly isCancelled: boolean;
}

/** What a calendar tells of an event, and what undoing a change brings back. */
export interface ToldEvent extends ToldSpan {
  readonly title: string;
  readonly zone: string;
  readonly sessions: readonly ToldSession[];
}

/** The event and its agenda as invites tell them now. */
export function toldEventOf(
  event: Omit<ToldEvent, 'sessions'>,
  sessions: readonly (Omit<ToldSession, 'id' | 'isCancelled'> & {
    readonly _id: string;
    readonly state: string;
  })[],
): ToldEvent {
  const { title, zone } = event;
  return {
    title,
    zone,
    ...spanOf(event),
    sessions: sessions.map((session) => ({
      id: session._id,
      title: session.title,
      ...spanOf(session),
      isCancelled: session.state === 'cancelled',
    })),
  };
}

const spanOf = ({ startsAtLocal, endsAtLocal, startsAt, endsAt }: ToldSpan): ToldSpan => ({
  startsAtLocal,
  endsAtLocal,
  startsAt,
  endsAt,
});

/** Equal for two states that tell the same. A session that is cancelled tells as much as one that never was. */
export function fingerprintOf({ title, zone, startsAt, endsAt, sessions }: ToldEvent): string {
  const agenda = sessions
    .filter(({ isCancelled }) => !isCancelled)
    .map((session) => [session.id, session.title, session.startsAt.getTime(), session.endsAt.getTime()])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const told = JSON.stringify([title, zone, startsAt.getTime(), endsAt.getTime(), agenda]);
  return createHash('sha256').update(told).digest('base64url');
}

/** While it tells anybody anything: it is published and not over. */
export const isTold = (event: { readonly status: string; readonly endsAt: Date }, now: Date): boolean =>
  event.status === 'published' && now < event.endsAt;

/**
 * When a change that was made now is told: after the delay, so that quick edits become one update, but never later
 * than three delays after the first of them.
 */
export function dueAfter(now: Date, firstChangedAt: Date, delayMinutes: number): Date {
  const delayMs = delayMinutes * 60_000;
  return new Date(Math.min(now.getTime() + delayMs, firstChangedAt.getTime() + 3 * delayMs));
}
