import type { LiveSession, LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import { minutesBetween } from './live-words.ts';

/** What one stage is doing at an instant, before it is put into words. */
export type StageMoment =
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'on-air';
      readonly session: LiveSession;
      readonly isPaused: boolean;
      readonly endsAt: number;
    }
  /** `isDue`: its time has come and nobody has pressed Go live yet. */
  | {
      readonly kind: 'before' | 'between';
      readonly session: LiveSession;
      /** As the day runs: later than planned after something ran over. */
      readonly startsAt: number;
      readonly isDue: boolean;
      readonly pause: LiveSession | null;
    }
  | { readonly kind: 'ended'; readonly at: number | null };

/** The agenda of one stage; null is an event without named stages. What is cancelled is left out. */
export const sessionsOnStage = (snapshot: LiveSnapshot, stageId: string | null): readonly LiveSession[] =>
  snapshot.sessions.filter(
    (session) =>
      session.state !== 'cancelled' &&
      (stageId === null || session.stageId === null || session.stageId === stageId),
  );

const at = (iso: string) => Date.parse(iso);

export function momentOfStage(snapshot: LiveSnapshot, stageId: string | null, now: number): StageMoment {
  if (snapshot.event.status === 'cancelled') return { kind: 'cancelled' };
  const sessions = sessionsOnStage(snapshot, stageId).filter((session) => !session.isBreak);
  const onAir = sessions.find(({ state }) => state === 'live' || state === 'paused');
  if (onAir)
    return {
      kind: 'on-air',
      session: onAir,
      isPaused: onAir.state === 'paused',
      endsAt: expectedEnd(onAir),
    };

  const lastMoved = sessions.findLastIndex(({ state }) => state !== 'scheduled');
  const isOver = now >= at(snapshot.event.endsAt);
  const next = sessions.slice(lastMoved + 1).find((session) => !isOver || at(session.endsAt) > now);
  if (!next) return { kind: 'ended', at: lastEnd(sessions) };
  const expected = expectedTimes(snapshot, stageId, now);
  const startsAt = expected.get(next.id)?.startsAt ?? at(next.startsAt);
  const pause = sessionsOnStage(snapshot, stageId).find((session) => {
    const time = session.isBreak && expected.get(session.id);
    return time && time.startsAt <= now && now < time.endsAt;
  });
  return {
    kind: sessions.some(({ wentLiveAt }) => wentLiveAt !== null) ? 'between' : 'before',
    session: next,
    startsAt,
    isDue: startsAt <= now,
    pause: pause ?? null,
  };
}

/** A session that started late keeps its length, unless it ends by the clock. */
export function expectedEnd(session: LiveSession): number {
  const planned = at(session.endsAt);
  if (session.isAutomatic || session.wentLiveAt === null) return planned;
  return at(session.wentLiveAt) + planned - at(session.startsAt);
}

/** The session that follows `current` on its stage, breaks left out. */
export function sessionAfter(
  snapshot: LiveSnapshot,
  stageId: string | null,
  current: LiveSession,
): LiveSession | null {
  const rest = sessionsOnStage(snapshot, stageId).filter((session) => !session.isBreak);
  const place = rest.findIndex(({ id }) => id === current.id);
  return rest.slice(place + 1).find(({ state }) => state === 'scheduled') ?? null;
}

/** How many minutes late the stage runs: by what is on air, or by when the next one is expected. */
export function minutesLate(moment: StageMoment, now: number): number {
  if (moment.kind === 'on-air') {
    const { wentLiveAt, startsAt, endsAt } = moment.session;
    const started = wentLiveAt === null ? 0 : minutesBetween(startsAt, wentLiveAt);
    const over = minutesBetween(endsAt, now);
    return over > 0 ? Math.max(started, over) : started;
  }
  if (moment.kind === 'before' || moment.kind === 'between')
    return minutesBetween(moment.session.startsAt, moment.startsAt);
  return 0;
}

export interface ExpectedTime {
  readonly startsAt: number;
  readonly endsAt: number;
}

const minute = 60_000;
const shortestBreak = 5 * minute;

/** A break gives up to half of its time, but never leaves people less than five minutes. */
function shortened(length: number): number {
  const half = Math.ceil(length / 2 / minute) * minute;
  return Math.min(length, Math.max(shortestBreak, half));
}

/**
 * When each session of a stage is expected, by what ran so far: what started late keeps its length and pushes what
 * follows, breaks take up what they can, and nothing is expected before its planned time. What goes by the clock stays
 * by the clock. What has run has the times it had.
 */
export function expectedTimes(
  snapshot: LiveSnapshot,
  stageId: string | null,
  now: number,
): ReadonlyMap<string, ExpectedTime> {
  const sessions = sessionsOnStage(snapshot, stageId);
  const lastMoved = sessions.findLastIndex(({ isBreak, state }) => !isBreak && state !== 'scheduled');
  const isOver = now >= at(snapshot.event.endsAt);
  const times = new Map<string, ExpectedTime>();
  let free = Number.NEGATIVE_INFINITY;
  for (const [index, session] of sessions.entries()) {
    const time = expectedTime(session, free, now, index < lastMoved || isOver);
    times.set(session.id, time);
    const isPassedOver = session.state === 'scheduled' && (index < lastMoved || isOver);
    // Skipped before its time: it holds nobody up.
    const ran = session.state !== 'ended' || session.wentLiveAt !== null;
    if (!isPassedOver && ran) free = Math.max(free, time.endsAt);
  }
  return times;
}

function expectedTime(session: LiveSession, free: number, now: number, isPast: boolean): ExpectedTime {
  const planned = { startsAt: at(session.startsAt), endsAt: at(session.endsAt) };
  const { state, wentLiveAt, endedAt, isBreak, isAutomatic } = session;
  if (state === 'ended' && wentLiveAt !== null)
    return { startsAt: at(wentLiveAt), endsAt: endedAt === null ? planned.endsAt : at(endedAt) };
  if (state === 'live' || state === 'paused')
    return {
      startsAt: wentLiveAt === null ? planned.startsAt : at(wentLiveAt),
      endsAt: Math.max(expectedEnd(session), now),
    };
  if (state === 'ended' || isPast || (isAutomatic && !isBreak)) return planned;
  const length = planned.endsAt - planned.startsAt;
  if (isBreak) {
    const startsAt = Math.max(planned.startsAt, free);
    return { startsAt, endsAt: Math.max(planned.endsAt, startsAt + shortened(length)) };
  }
  const startsAt = Math.max(planned.startsAt, free, now);
  return { startsAt, endsAt: startsAt + length };
}

function lastEnd(sessions: readonly LiveSession[]): number | null {
  const ends = sessions.flatMap(({ endedAt }) => (endedAt === null ? [] : [at(endedAt)]));
  return ends.length === 0 ? null : Math.max(...ends);
}

/** When one session of a stage is expected to start, as an ISO instant. */
export function expectedStart(
  snapshot: LiveSnapshot,
  stageId: string | null,
  session: LiveSession,
  now: number,
): string {
  const expected = expectedTimes(snapshot, stageId, now).get(session.id);
  return expected ? new Date(expected.startsAt).toISOString() : session.startsAt;
}
