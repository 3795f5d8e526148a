import type { LiveSession, LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';
import {
  expectedEnd,
  expectedTimes,
  momentOfStage,
  sessionAfter,
  type StageMoment,
} from './course-of-day.ts';
import { countdown, dayOf, minutesBetween, span, timeOfDay, zoneName } from './live-words.ts';

/** One stage in words: what stands above the picture and, while there is no picture, in its place. */
export interface RoomView {
  readonly kind: StageMoment['kind'] | 'paused';
  readonly tone: 'live' | 'soon' | 'plain';
  /** "Live, 12 min left" */
  readonly badge: string;
  readonly beside: string;
  readonly title: string;
  /** On the card: "4:10", "Back at 11:46". */
  readonly big: string;
  readonly bigNote: string;
  readonly line: string;
  readonly text: string;
  /** 0 to 100 through the session or the break; null where neither is. */
  readonly percent: number | null;
  readonly next: LiveSession | null;
  /** When `next` is expected. */
  readonly nextAt: string | null;
}

const hour = 3_600_000;
const at = (iso: string) => Date.parse(iso);

export function roomView(snapshot: LiveSnapshot, stageId: string | null, now: number): RoomView {
  const { event } = snapshot;
  const moment = momentOfStage(snapshot, stageId, now);
  const stage = event.stages.find(({ id }) => id === stageId)?.name ?? 'Live';
  const time = (ms: number) => timeOfDay(new Date(ms).toISOString(), event.zone);
  const zone = zoneName(event.startsAt, event.zone);
  const day = dayOf(event.startsAt, event.zone);
  const expectedStart = (session: LiveSession) =>
    expectedTimes(snapshot, stageId, now).get(session.id)?.startsAt ?? at(session.startsAt);
  const following = (session: LiveSession) => {
    const next = sessionAfter(snapshot, stageId, session);
    return { next, nextAt: next && new Date(expectedStart(next)).toISOString() };
  };

  switch (moment.kind) {
    case 'cancelled':
      return {
        ...still('This event is cancelled', 'Cancelled', day),
        kind: 'cancelled',
        text: event.cancellationReason || 'The organiser has written to everybody who had a place.',
      };
    case 'ended': {
      const ended = moment.at === null ? 'Ended' : `Ended at ${time(moment.at)}`;
      return {
        ...still('That’s the day. Thank you for coming', ended, `${day}, ${zone}`),
        kind: 'ended',
        big: 'That’s the day',
        text: 'There is nothing more to watch on this stage today. You can close this page.',
      };
    }
    case 'on-air': {
      const { session, isPaused, endsAt } = moment;
      const left = endsAt - now;
      const then = following(session);
      const began = session.wentLiveAt === null ? at(session.startsAt) : at(session.wentLiveAt);
      const ends = left > 0 ? `Ends about ${time(endsAt)} ${zone}` : `Was to end at ${time(endsAt)} ${zone}`;
      return {
        kind: isPaused ? 'paused' : 'on-air',
        tone: isPaused ? 'soon' : 'live',
        badge: isPaused ? 'Paused' : left > 0 ? `Live, ${span(left)} left` : 'Live, running over',
        beside: `${stage}. ${ends}`,
        title: session.title,
        line: isPaused ? stage : speakers(session) || stage,
        big: isPaused ? 'Back in a moment' : 'On air',
        bigNote: isPaused ? '' : left > 0 ? `${span(left)} left` : 'running over',
        text: isPaused
          ? 'The session is paused. Stay here: it goes on by itself, and your place is kept.'
          : onAirText(session, then, time),
        percent: percentOf(now, began, endsAt),
        ...then,
      };
    }
    case 'before':
    case 'between': {
      const { session, startsAt: starts, isDue, pause } = moment;
      const planned = at(session.startsAt);
      const isLate = minutesBetween(planned, starts) > 0 && !isDue;
      const startTime = `${time(starts)} ${zone}`;
      const about = `Starts about ${time(starts)}, planned ${time(planned)}`;
      const isSoon = starts - now < hour;
      const waiting = {
        kind: moment.kind,
        tone: isSoon ? 'soon' : 'plain',
        ...following(session),
      } as const;
      const due = {
        badge: 'Starting any moment',
        big: 'Any moment now',
        bigNote: '',
        text: `Planned for ${time(planned)} ${zone}. It starts by itself as soon as the organiser goes live.`,
      };
      if (moment.kind === 'between')
        return {
          ...waiting,
          badge: `${pause?.title ?? 'Break'}, back at ${time(starts)}`,
          beside: isLate ? `${stage}. ${about} ${zone}` : `${stage}. All times ${zone}`,
          title: `Next: ${session.title}`,
          line: pause?.title ?? 'Between sessions',
          big: `Back at ${time(starts)}`,
          bigNote: isDue ? '' : `in ${span(starts - now)}`,
          text: 'There is no sound until then, so silence is not a fault. It goes on by itself.',
          percent: pause && !isDue ? percentOf(now, pauseBegan(snapshot, stageId, pause, now), starts) : null,
          ...(isDue ? due : {}),
        };
      return {
        ...waiting,
        badge: isSoon ? `Starts in ${countdown(starts - now)}` : `Starts at ${startTime}`,
        beside: isLate ? `${stage}. ${about} ${zone}` : `${stage}, ${startTime}`,
        title: session.title,
        line: `${dayOf(session.startsAt, event.zone)}, ${stage}`,
        big: isSoon ? countdown(starts - now) : time(starts),
        bigNote: isSoon ? 'until we start' : zone,
        text: `Nothing to press. It starts by itself at ${startTime}, and your place is kept if your line drops.`,
        percent: null,
        ...(isDue ? due : {}),
      };
    }
  }
}

/** "Live", "Paused", "Starts at 10:40": one stage in the switcher. */
export function stageInBrief(snapshot: LiveSnapshot, stageId: string, now: number) {
  const moment = momentOfStage(snapshot, stageId, now);
  const time = (ms: number) => timeOfDay(new Date(ms).toISOString(), snapshot.event.zone);
  switch (moment.kind) {
    case 'cancelled':
      return { isLive: false, text: 'Cancelled' };
    case 'ended':
      return { isLive: false, text: moment.at === null ? 'Ended' : `Ended at ${time(moment.at)}` };
    case 'on-air':
      return moment.isPaused
        ? { isLive: false, text: `Paused: ${moment.session.title}` }
        : { isLive: true, text: moment.session.title };
    case 'before':
      return {
        isLive: false,
        text: moment.isDue ? 'Starting any moment' : `Starts at ${time(moment.startsAt)}`,
      };
    case 'between':
      return {
        isLive: false,
        text: moment.isDue ? 'Back any moment' : `Break, back at ${time(moment.startsAt)}`,
      };
  }
}

/** The end of a session in words, for lists: "11:31". */
export const endTime = (session: LiveSession, zone: string): string =>
  timeOfDay(new Date(expectedEnd(session)).toISOString(), zone);

export const speakers = (session: LiveSession): string => {
  const names = session.speakers;
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
};

const onAirText = (
  session: LiveSession,
  { next, nextAt }: { readonly next: LiveSession | null; readonly nextAt: string | null },
  time: (ms: number) => string,
): string => {
  const started =
    session.wentLiveAt === null ? 'It is on now.' : `Started at ${time(at(session.wentLiveAt))}.`;
  return next && nextAt ? `${started} Then, at ${time(at(nextAt))}: ${next.title}.` : started;
};

const pauseBegan = (snapshot: LiveSnapshot, stageId: string | null, pause: LiveSession, now: number) =>
  expectedTimes(snapshot, stageId, now).get(pause.id)?.startsAt ?? at(pause.startsAt);

const percentOf = (now: number, from: number, to: number): number =>
  Math.min(100, Math.max(0, Math.round(((now - from) / Math.max(1, to - from)) * 100)));

function still(title: string, badge: string, beside: string): RoomView {
  return {
    kind: 'ended',
    tone: 'plain',
    badge,
    beside,
    title,
    line: beside,
    big: title,
    bigNote: '',
    text: '',
    percent: null,
    next: null,
    nextAt: null,
  };
}
