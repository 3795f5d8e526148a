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
  const pause = snapshot.sessions.find(
    (session) => session.isBreak && at(session.startsAt) <= now && now < at(session.endsAt),
  );
  return {
    kind: sessions.some(({ wentLiveAt }) => wentLiveAt !== null) ? 'between' : 'before',
    session: next,
    isDue: at(next.startsAt) <= now,
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

/** How many minutes late the stage runs: by how the session on air started, or how long the next one is due. */
export function minutesLate(moment: StageMoment, now: number): number {
  if (moment.kind === 'on-air') {
    const { wentLiveAt, startsAt } = moment.session;
    return wentLiveAt === null ? 0 : minutesBetween(startsAt, wentLiveAt);
  }
  if ((moment.kind === 'before' || moment.kind === 'between') && moment.isDue)
    return minutesBetween(moment.session.startsAt, now);
  return 0;
}

function lastEnd(sessions: readonly LiveSession[]): number | null {
  const ends = sessions.flatMap(({ endedAt }) => (endedAt === null ? [] : [at(endedAt)]));
  return ends.length === 0 ? null : Math.max(...ends);
}
