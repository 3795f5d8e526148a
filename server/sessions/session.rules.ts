import type { SessionMove } from '../contracts/live-messages.ts';
import type { SessionState } from '../contracts/live-snapshot.ts';

/** The part of a session that its moves read and write. */
export interface SessionCourse {
  readonly state: SessionState;
  readonly wentLiveAt?: Date | null;
  readonly pausedAt?: Date | null;
  readonly endedAt?: Date | null;
}

const statesBefore: Readonly<Record<SessionMove, readonly SessionState[]>> = {
  'go-live': ['scheduled'],
  pause: ['live'],
  resume: ['paused'],
  end: ['live', 'paused'],
  'undo-end': ['ended'],
  skip: ['scheduled'],
  cancel: ['scheduled'],
  reinstate: ['cancelled'],
};

/** The session after a move, or null when its state does not allow that move. */
export function courseAfter(before: SessionCourse, move: SessionMove, now: Date): SessionCourse | null {
  if (!statesBefore[move].includes(before.state)) return null;
  const { wentLiveAt = null, pausedAt = null, endedAt = null } = before;
  const course = { wentLiveAt, pausedAt, endedAt };
  switch (move) {
    case 'go-live':
      return { ...course, state: 'live', wentLiveAt: now };
    case 'pause':
      return { ...course, state: 'paused', pausedAt: now };
    case 'resume':
      return { ...course, state: 'live', pausedAt: null };
    case 'end':
    case 'skip':
      return { ...course, state: 'ended', endedAt: now };
    case 'undo-end':
      return { ...course, state: stateBeforeEnd(before), endedAt: null };
    case 'cancel':
      return { ...course, state: 'cancelled' };
    case 'reinstate':
      return { ...course, state: 'scheduled' };
  }
}

/** An End keeps what it ended, so that undoing it brings back a pause as a pause and a skipped session as planned. */
function stateBeforeEnd(course: SessionCourse): SessionState {
  if (!course.wentLiveAt) return 'scheduled';
  return course.pausedAt ? 'paused' : 'live';
}

export const isOnAir = (state: SessionState): boolean => state === 'live' || state === 'paused';

/** A session on every stage (null) shares a stage with each of them. */
export const shareStage = (a: string | null, b: string | null): boolean =>
  a === null || b === null || a === b;

/**
 * What an automatic session is due to do at `now`, or null. One whose whole time passed while nothing ran is
 * skipped: going live after its end would only flash by. A pause was pressed by a person and ends by one.
 */
export function dueMove(
  session: { readonly state: SessionState; readonly startsAt: Date; readonly endsAt: Date },
  now: Date,
): SessionMove | null {
  if (session.state === 'scheduled' && session.startsAt <= now)
    return session.endsAt <= now ? 'skip' : 'go-live';
  if (session.state === 'live' && session.endsAt <= now) return 'end';
  return null;
}

/** Wall times of the event's zone. */
interface ZoneClock {
  wallTime(instant: Date): string;
  instant(wallTime: string): { readonly ok: boolean; readonly instant?: Date };
}

const minuteOf = (instant: Date) => Math.floor(instant.getTime() / 60_000);

/**
 * The end of a session some minutes later, or null: a session stays within its day, and may not end in the hour that
 * clocks going back repeat, where a wall time would not say which.
 */
export function laterEnd(
  session: { readonly startsAtLocal: string; readonly endsAt: Date },
  minutes: number,
  zone: ZoneClock,
): { readonly endsAt: Date; readonly endsAtLocal: string } | null {
  const endsAt = new Date(session.endsAt.getTime() + minutes * 60_000);
  const endsAtLocal = zone.wallTime(endsAt);
  const read = zone.instant(endsAtLocal);
  if (endsAtLocal.slice(0, 10) !== session.startsAtLocal.slice(0, 10)) return null;
  return read.ok && read.instant && minuteOf(read.instant) === minuteOf(endsAt)
    ? { endsAt, endsAtLocal }
    : null;
}
