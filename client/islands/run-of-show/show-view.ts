import type { SessionMove } from '../../../server/contracts/live-messages.ts';
import type { LiveSession, LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import {
  expectedEnd,
  minutesLate,
  momentOfStage,
  sessionAfter,
  sessionsOnStage,
} from '../live-room/course-of-day.ts';
import { speakers } from '../live-room/room-view.ts';
import { countdown, drift, minutesBetween, span, timeOfDay } from '../live-room/live-words.ts';

/** One button: what it does to which session, in words; or why it does nothing now. */
export interface ShowAction {
  readonly move: SessionMove;
  readonly session: LiveSession | null;
  readonly name: string;
  readonly effect: string;
}

export interface ShowView {
  readonly kind: 'day' | 'cancelled';
  /** On air, or else the one that Go live would start. */
  readonly current: LiveSession | null;
  readonly isOnAir: boolean;
  readonly isPaused: boolean;
  readonly heading: string;
  readonly title: string;
  /** Under the title: who speaks, or why nothing is shown. */
  readonly note: string;
  readonly clock: string;
  readonly clockNote: string;
  readonly percent: number;
  readonly began: string;
  readonly ends: string;
  readonly late: string | null;
  /** Always four, always in these places: start, pause, end, skip. */
  readonly actions: readonly ShowAction[];
  readonly next: LiveSession | null;
}

const at = (iso: string) => Date.parse(iso);

export function showView(snapshot: LiveSnapshot, stageId: string | null, now: number): ShowView {
  const { zone } = snapshot.event;
  const time = (ms: number) => timeOfDay(new Date(ms).toISOString(), zone);
  const moment = momentOfStage(snapshot, stageId, now);
  if (moment.kind === 'cancelled') return cancelledView(snapshot);
  const isOnAir = moment.kind === 'on-air';
  const isPaused = moment.kind === 'on-air' && moment.isPaused;
  const current = 'session' in moment ? moment.session : null;
  const began = current ? at(current.wentLiveAt ?? current.startsAt) : now;
  const end = current ? expectedEnd(current) : now;
  const untilStart = began - now;
  const left = end - now;

  return {
    kind: 'day',
    current,
    isOnAir,
    isPaused,
    title: current?.title ?? 'The day has run',
    note: current ? speakers(current) : '',
    late: drift(minutesLate(moment, now)),
    next: current ? sessionAfter(snapshot, stageId, current) : null,
    percent: isOnAir ? Math.min(100, Math.max(0, ((now - began) / Math.max(1, end - began)) * 100)) : 0,
    heading: isPaused
      ? 'Paused'
      : isOnAir
        ? 'Now on air'
        : current
          ? 'Next to go live'
          : 'Nothing left to run',
    clock: isOnAir ? countdown(Math.abs(left)) : countdown(Math.abs(untilStart)),
    clockNote: isOnAir
      ? left >= 0
        ? `left of ${span(end - began)}`
        : 'over its time'
      : untilStart >= 0
        ? 'until its time'
        : 'after its time',
    began: isOnAir ? `Started ${time(began)}` : `Planned for ${time(began)}`,
    ends: isOnAir ? `Ends ${time(end)}` : current ? `Until ${time(end)}` : '',
    actions: [
      startAction(current, isOnAir, isPaused),
      pauseAction(current, isOnAir, isPaused),
      endAction(current, isOnAir, lastEnded(snapshot, stageId)),
      skipAction(current, isOnAir),
    ],
  };
}

/** Nothing of a normal day: nobody is waiting, and no button would do any good. */
function cancelledView(snapshot: LiveSnapshot): ShowView {
  const off = (move: SessionMove, name: string): ShowAction => ({
    move,
    session: null,
    name,
    effect: 'The event is cancelled',
  });
  return {
    kind: 'cancelled',
    current: null,
    isOnAir: false,
    isPaused: false,
    late: null,
    next: null,
    percent: 0,
    heading: 'This event is cancelled',
    title: 'Nothing will be shown',
    note: snapshot.event.cancellationReason || 'Everybody who had a place was told.',
    clock: '',
    clockNote: '',
    began: '',
    ends: '',
    actions: [
      off('go-live', 'Go live'),
      off('pause', 'Pause'),
      off('end', 'End session'),
      off('skip', 'Skip'),
    ],
  };
}

function startAction(current: LiveSession | null, isOnAir: boolean, isPaused: boolean): ShowAction {
  if (isPaused)
    return { move: 'go-live', session: null, name: 'Paused', effect: 'Viewers see “Back in a moment”' };
  if (isOnAir) return { move: 'go-live', session: null, name: 'On air', effect: 'Everybody sees it' };
  return {
    move: 'go-live',
    session: current,
    name: 'Go live',
    effect: current ? 'Every page shows it at once' : 'Every session has run',
  };
}

function pauseAction(current: LiveSession | null, isOnAir: boolean, isPaused: boolean): ShowAction {
  if (isPaused)
    return { move: 'resume', session: current, name: 'Resume', effect: 'Goes on where it stopped' };
  return {
    move: 'pause',
    session: isOnAir ? current : null,
    name: 'Pause',
    effect: isOnAir ? 'Holds the picture' : 'When a session is on air',
  };
}

function endAction(current: LiveSession | null, isOnAir: boolean, ended: LiveSession | null): ShowAction {
  if (!isOnAir && ended)
    return {
      move: 'undo-end',
      session: ended,
      name: 'Undo end',
      effect: `“${ended.title}” ${ended.wentLiveAt === null ? 'is back in the plan' : 'goes on'}`,
    };
  return {
    move: 'end',
    session: isOnAir ? current : null,
    name: 'End session',
    effect: isOnAir ? 'You can undo it' : 'When a session is on air',
  };
}

function skipAction(current: LiveSession | null, isOnAir: boolean): ShowAction {
  const session = isOnAir ? null : current;
  return {
    move: 'skip',
    session,
    name: 'Skip',
    effect: session ? 'Leaves it out; you can undo it' : 'Before a session is on air',
  };
}

/** What Undo end would bring back: the session that ended last, unless something ran since. */
function lastEnded(snapshot: LiveSnapshot, stageId: string | null): LiveSession | null {
  const ended = sessionsOnStage(snapshot, stageId).filter(
    (session) => session.state === 'ended' && session.endedAt !== null,
  );
  return ended.reduce<LiveSession | null>(
    (last, session) => (last && at(last.endedAt ?? '') >= at(session.endedAt ?? '') ? last : session),
    null,
  );
}

/** How a session went beside its plan: "6 late", "2 over"; null when as planned. */
export function driftOfSession(session: LiveSession): string | null {
  const late = session.wentLiveAt === null ? 0 : minutesBetween(session.startsAt, session.wentLiveAt);
  if (session.state === 'ended' && session.wentLiveAt !== null && session.endedAt !== null) {
    const planned = minutesBetween(session.startsAt, session.endsAt);
    const over = minutesBetween(session.wentLiveAt, session.endedAt) - planned;
    return over === 0 ? null : `${Math.abs(over)} min ${over > 0 ? 'over' : 'short'}`;
  }
  return late === 0 ? null : `${Math.abs(late)} min ${late > 0 ? 'late' : 'early'}`;
}

export function stateInWords(session: LiveSession): string {
  switch (session.state) {
    case 'live':
      return 'On air';
    case 'paused':
      return 'Paused';
    case 'ended':
      return session.wentLiveAt === null ? 'Skipped' : 'Ended';
    case 'cancelled':
      return 'Cancelled';
    case 'scheduled':
      return session.isAutomatic ? 'Starts by itself' : '';
  }
}
