import type { Agenda, AgendaPerson, AgendaSession, AgendaSlot } from '../contracts/agenda.ts';
import type { ReplayProgress, StageNow } from '../contracts/event-card.ts';
import { showDate, showTimeOfDay, showZone } from '../platform/time/show-time.ts';
import {
  joinNames,
  lengthOf,
  percentDone,
  sessionNote,
  wordOfKind,
  type SessionKind,
} from './session-words.rules.ts';

export interface PlannedEvent {
  readonly zone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly stages: readonly { readonly id: string; readonly name: string }[];
}

export interface PlannedSession {
  readonly _id: string;
  readonly title: string;
  readonly kind: SessionKind;
  readonly summary: string;
  readonly stageId?: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: AgendaSession['state'];
  readonly speakerIds: readonly string[];
  readonly moderatorIds: readonly string[];
}

export type SpeakersById = ReadonlyMap<
  string,
  { readonly slug: string; readonly name: string; readonly organisation: string }
>;

const isOnAir = ({ state }: PlannedSession) => state === 'live' || state === 'paused';

/** The agenda of one event at `now`; `sessions` in order of start. */
export function agendaOf(
  event: PlannedEvent,
  sessions: readonly PlannedSession[],
  speakers: SpeakersById,
  now: Date,
  replayPaths: ReadonlyMap<string, string> = new Map(),
  progress: ReadonlyMap<string, ReplayProgress> = new Map(),
): Agenda {
  const byStart = new Map<number, PlannedSession[]>();
  for (const session of sessions) {
    const at = session.startsAt.getTime();
    byStart.set(at, [...(byStart.get(at) ?? []), session]);
  }
  const days = new Set(sessions.map(({ startsAt }) => showDate(startsAt, event.zone)));
  let lastDay = days.size > 1 ? null : [...days][0];
  const slots = [...byStart].map(([at, inSlot]): AgendaSlot => {
    const startsAt = new Date(at);
    const day = showDate(startsAt, event.zone);
    const position = positionOf(inSlot, now);
    const endsAt = new Date(Math.max(...inSlot.map((session) => session.endsAt.getTime())));
    const slot: AgendaSlot = {
      startsAt: startsAt.toISOString(),
      time: showTimeOfDay(startsAt, event.zone),
      day: day === lastDay ? null : day.replace(/ \d{4}$/, ''),
      position,
      percentDone: position === 'current' ? percentDone({ startsAt, endsAt }, now) : null,
      sessions: inSlot.map((session) => ({
        ...agendaSession(event, session, speakers, now),
        replayPath: replayPaths.get(session._id) ?? null,
        replayProgress: progress.get(session._id) ?? null,
      })),
    };
    lastDay = day;
    return slot;
  });
  return {
    stages: event.stages.map(({ name }) => name),
    zone: showZone(event.startsAt, event.zone),
    timeZone: event.zone,
    slots: keepLastMarker(slots),
    endTime: showTimeOfDay(event.endsAt, event.zone),
  };
}

function positionOf(sessions: readonly PlannedSession[], now: Date): AgendaSlot['position'] {
  if (sessions.some(isOnAir)) return 'current';
  const isDone = sessions.every(
    ({ state, endsAt }) => state === 'ended' || state === 'cancelled' || endsAt <= now,
  );
  if (isDone) return 'past';
  return sessions.some(({ startsAt }) => startsAt <= now) ? 'current' : 'ahead';
}

/** Stages that drift apart are current together, but there is one "now". */
function keepLastMarker(slots: readonly AgendaSlot[]): AgendaSlot[] {
  const last = slots.findLastIndex(({ percentDone }) => percentDone !== null);
  return slots.map((slot, index) => (index === last ? slot : { ...slot, percentDone: null }));
}

function agendaSession(
  event: PlannedEvent,
  session: PlannedSession,
  speakers: SpeakersById,
  now: Date,
): AgendaSession {
  const stage = event.stages.findIndex(({ id }) => id === session.stageId);
  return {
    id: session._id,
    title: session.title,
    kind: wordOfKind(session.kind),
    isBreak: session.kind === 'break',
    stage: stage === -1 ? null : stage,
    length: lengthOf(session),
    summary: session.summary || null,
    speakers: peopleOf(session.speakerIds, speakers),
    moderators: peopleOf(session.moderatorIds, speakers),
    state: session.state,
    note: sessionNote(session, now),
    replayPath: null,
  };
}

function peopleOf(ids: readonly string[], speakers: SpeakersById): AgendaPerson[] {
  return ids.flatMap((id) => {
    const speaker = speakers.get(id);
    return speaker ? [{ slug: speaker.slug, name: speaker.name, organisation: speaker.organisation }] : [];
  });
}

/** What is on air on each stage. */
export function onStageNow(
  event: PlannedEvent,
  sessions: readonly PlannedSession[],
  speakers: SpeakersById,
  now: Date,
): StageNow[] {
  return sessions.filter(isOnAir).map((session) => ({
    stage:
      event.stages.find(({ id }) => id === session.stageId)?.name ??
      (event.stages.length > 1 ? 'All stages' : (event.stages[0]?.name ?? 'Main stage')),
    time: showTimeOfDay(session.startsAt, event.zone),
    title: session.title,
    who: joinNames(peopleOf(session.speakerIds, speakers).map(({ name }) => name)),
    left: sessionNote(session, now) ?? '',
    percentDone: percentDone(session, now),
  }));
}

/** What comes next by the plan; a late session that has not begun is still next. */
export function nextSession(
  event: PlannedEvent,
  sessions: readonly PlannedSession[],
  now: Date,
): { time: string; title: string } | null {
  const next = sessions.find(({ state, endsAt, startsAt, kind }) =>
    state !== 'scheduled' ? false : kind === 'break' ? startsAt > now : endsAt > now,
  );
  return next ? { time: showTimeOfDay(next.startsAt, event.zone), title: next.title } : null;
}
