import type { NumberedFact } from '../contracts/live-facts.ts';
import type { SessionResource } from '../contracts/live-room-settings.ts';
import type { LiveSession, LiveSnapshot, SessionProgress } from '../contracts/live-snapshot.ts';
import type { ExternalPicture } from '../contracts/stage-picture.ts';

interface StoredCourse {
  readonly _id: string;
  readonly state: SessionProgress['state'];
  readonly wentLiveAt?: Date | null;
  readonly pausedAt?: Date | null;
  readonly endedAt?: Date | null;
  readonly revision: number;
}

const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

export const progressOf = (session: StoredCourse): SessionProgress => ({
  id: session._id,
  state: session.state,
  wentLiveAt: iso(session.wentLiveAt),
  pausedAt: iso(session.pausedAt),
  endedAt: iso(session.endedAt),
  revision: session.revision,
});

interface StoredSession extends StoredCourse {
  readonly title: string;
  readonly kind: string;
  readonly stageId?: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly isAutomatic: boolean;
  readonly speakerIds: readonly string[];
  readonly resources: readonly (Omit<SessionResource, 'size'> & { readonly size?: number | null })[];
}

export const liveSessionOf = (
  session: StoredSession,
  speakerNames: ReadonlyMap<string, string>,
): LiveSession => ({
  ...progressOf(session),
  title: session.title,
  kind: session.kind,
  isBreak: session.kind === 'break',
  stageId: session.stageId ?? null,
  startsAt: session.startsAt.toISOString(),
  endsAt: session.endsAt.toISOString(),
  isAutomatic: session.isAutomatic,
  speakerIds: [...session.speakerIds],
  resources: session.resources.map(({ size = null, ...resource }) => ({ ...resource, size })),
  speakers: session.speakerIds.flatMap((id) => speakerNames.get(id) ?? []),
});

const stateInWords: Readonly<Record<SessionProgress['state'], string>> = {
  scheduled: 'It has not started.',
  live: 'It is live now.',
  paused: 'It is paused now.',
  ended: 'It has ended.',
  cancelled: 'It is cancelled.',
};

/** Why a move changed nothing, for the organiser who pressed. */
export function refusedMove(refusal: {
  readonly reason: 'already-moved' | 'not-possible' | 'stage-busy';
  readonly state: SessionProgress['state'];
  readonly busyWith?: string;
}): string {
  switch (refusal.reason) {
    case 'already-moved':
      return `Somebody else was quicker, so nothing was changed. ${stateInWords[refusal.state]}`;
    case 'not-possible':
      return `That cannot be done now. ${stateInWords[refusal.state]}`;
    case 'stage-busy':
      return `End “${refusal.busyWith ?? 'the session before it'}” first: it is still on this stage.`;
  }
}

/** Why a session was not extended, for the organiser who pressed. */
export function refusedExtension(refusal: {
  readonly reason: 'already-moved' | 'not-on-air' | 'too-late';
  readonly session: { readonly state: SessionProgress['state'] };
}): string {
  switch (refusal.reason) {
    case 'already-moved':
      return `Somebody else was quicker, so nothing was changed. ${stateInWords[refusal.session.state]}`;
    case 'not-on-air':
      return `Only a session that is on air can be extended. ${stateInWords[refusal.session.state]}`;
    case 'too-late':
      return 'A session ends on the day it started, so it cannot be extended that far.';
  }
}

/** The stage to show: the one that was asked for, or the first; null when the event has no stages. */
export function chosenStage(snapshot: LiveSnapshot, asked: unknown): string | null {
  const { stages } = snapshot.event;
  return stages.find(({ id }) => id === asked)?.id ?? stages[0]?.id ?? null;
}

const panelTabs = ['chat', 'questions', 'polls', 'agenda'] as const;

/** The tab of the panel to show: the one that was asked for, or the chat. */
export const chosenTab = (asked: unknown): (typeof panelTabs)[number] =>
  panelTabs.find((tab) => tab === asked) ?? 'chat';

/** "Tuesday 16 March 2027" */
export const dayInWords = (event: { readonly startsAt: Date; readonly zone: string }): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: event.zone })
    .format(event.startsAt)
    .replace(',', '');

/** "Tuesday 16 March 2027, 09:30 to 16:15" */
export function whenInWords(event: {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
}): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: event.zone });
  return `${dayInWords(event)}, ${time.format(event.startsAt)} to ${time.format(event.endsAt)}`;
}

/** Facts for who was away, without the words of questions that were taken off the list meanwhile. */
export function withoutHidden(facts: readonly NumberedFact[]): NumberedFact[] {
  const removed = new Map<string, NumberedFact>();
  for (const numbered of facts)
    if (numbered.fact.name === 'question:removed') removed.set(numbered.fact.questionId, numbered);
  return facts.map((numbered) => {
    if (numbered.fact.name !== 'question:changed') return numbered;
    const removal = removed.get(numbered.fact.question.id);
    return removal && removal.seq > numbered.seq ? { ...numbered, fact: removal.fact } : numbered;
  });
}

/**
 * Whose pictures a page of a room may show from elsewhere, now or later. The two players are one address each, and nothing is
 * loaded from them before its viewer says yes: a page lets them in that was opened before they were set up. A list of
 * pieces needs every address there is, and that is let in only where there is one.
 */
export const originsOfPictures = ({
  pictures,
}: Pick<LiveSnapshot, 'pictures'>): ExternalPicture['provider'][] => {
  const hasList = pictures.some(({ external }) => external?.provider === 'hls');
  return ['youtube', 'vimeo', ...(hasList ? (['hls'] as const) : [])];
};
