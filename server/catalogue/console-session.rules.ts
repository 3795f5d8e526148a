import type { FormState } from '../contracts/form-state.ts';
import type { SessionKind } from '../contracts/session-form.ts';
import { joinNames, timesOf, wordOfKind } from './session-words.rules.ts';

interface Listed {
  readonly _id: string;
  readonly title: string;
  readonly kind: SessionKind;
  readonly summary: string;
  readonly stageId?: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly startsAtLocal: string;
  readonly endsAtLocal: string;
  readonly speakerIds: readonly string[];
  readonly moderatorIds: readonly string[];
  readonly state: string;
  readonly isAutomatic: boolean;
  readonly revision: number;
}

interface Planned {
  readonly zone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly stages: readonly { readonly id: string; readonly name: string }[];
}

const nameOfStage = (event: Planned, stageId?: string | null) =>
  event.stages.find(({ id }) => id === stageId)?.name ?? null;

/** The rows of the agenda in the console, each with what will go wrong on the day. */
export function sessionRows(
  event: Planned,
  sessions: readonly Listed[],
  speakerNames: ReadonlyMap<string, string>,
) {
  return sessions.map((session) => ({
    id: session._id,
    title: session.title,
    times: timesOf(session, event.zone),
    stage: nameOfStage(event, session.stageId) ?? 'Every stage',
    kind: wordOfKind(session.kind),
    needsSpeakers: session.kind !== 'break',
    speakers: wordsForPeople(session, speakerNames),
    warning: session.state === 'cancelled' ? null : warningOf(event, session, sessions, speakerNames),
    isCancelled: session.state === 'cancelled',
  }));
}

function wordsForPeople(
  { speakerIds, moderatorIds }: Pick<Listed, 'speakerIds' | 'moderatorIds'>,
  names: ReadonlyMap<string, string>,
): string {
  const join = (ids: readonly string[]) => joinNames(ids.flatMap((id) => names.get(id) ?? []));
  const leaders = join(moderatorIds);
  return [join(speakerIds), leaders && `led by ${leaders}`].filter(Boolean).join('; ');
}

const everybodyIn = ({ speakerIds, moderatorIds }: Pick<Listed, 'speakerIds' | 'moderatorIds'>) => [
  ...speakerIds,
  ...moderatorIds,
];

function warningOf(
  event: Planned,
  session: Listed,
  all: readonly Listed[],
  speakerNames: ReadonlyMap<string, string>,
): string | null {
  if (session.startsAt < event.startsAt || session.endsAt > event.endsAt)
    return 'Outside the hours of the event';
  const atOnce = all.filter(
    (other) =>
      other._id !== session._id &&
      other.state !== 'cancelled' &&
      other.startsAt < session.endsAt &&
      session.startsAt < other.endsAt,
  );
  const twice = everybodyIn(session).find((id) => atOnce.some((other) => everybodyIn(other).includes(id)));
  if (twice) return `${speakerNames.get(twice) ?? 'A speaker'} is in two sessions at this time`;
  const clash = atOnce.find(({ stageId }) => !stageId || !session.stageId || stageId === session.stageId);
  return clash ? `At the same time as “${clash.title}” on this stage` : null;
}

/** The form of a session as it is stored. */
export function sessionFormValues(event: Planned, session: Listed): FormState['values'] {
  return {
    title: session.title,
    kind: session.kind,
    summary: session.summary,
    stage: nameOfStage(event, session.stageId) ?? '',
    date: session.startsAtLocal.slice(0, 10),
    startTime: session.startsAtLocal.slice(11),
    endTime: session.endsAtLocal.slice(11),
    speakers: session.speakerIds,
    moderators: session.moderatorIds,
    automatic: session.isAutomatic ? 'yes' : [],
    revision: String(session.revision),
  };
}
