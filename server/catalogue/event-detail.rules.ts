import type { ReplayProgress } from '../contracts/event-card.ts';
import type { EventDetail } from '../contracts/event-detail.ts';
import type { SpeakerCard } from '../contracts/speaker-card.ts';
import { renderMarkdown } from '../platform/markdown/render-markdown.ts';
import { showMoment, showTimeOfDay } from '../platform/time/show-time.ts';
import { agendaOf, nextSession, onStageNow, type PlannedEvent, type PlannedSession } from './agenda.rules.ts';
import { eventCard, type CardEvent } from './event-card.rules.ts';
import { eventCalendarLinks } from './calendar-feed.rules.ts';
import { seriesLink } from './series.rules.ts';
import { pathOfTopic } from './topic.rules.ts';

export interface DetailEvent extends CardEvent, PlannedEvent {
  readonly series?: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
  readonly description: string;
  readonly faqs: readonly { readonly question: string; readonly answer: string }[];
  readonly cancellationReason?: string | null;
  readonly accent?: string | null;
}

export interface DetailSpeaker {
  readonly _id: string;
  readonly slug: string;
  readonly name: string;
  readonly jobTitle: string;
  readonly organisation: string;
  readonly note: string;
}

export interface EventStory {
  readonly event: DetailEvent;
  /** In order of start. */
  readonly sessions: readonly PlannedSession[];
  readonly speakers: readonly DetailSpeaker[];
  readonly places: EventDetail['places'];
  readonly organiser: { readonly name: string; readonly contactEmail: string };
  /** Where to watch a session afterwards, by session. */
  readonly replayPaths?: ReadonlyMap<string, string>;
}

export interface Reader extends Pick<EventDetail, 'ownPlacePath' | 'consolePath'> {
  readonly stars: EventDetail['stars'];
  readonly publicUrl: string;
  /** How far they are in replays, by session. */
  readonly progress?: ReadonlyMap<string, ReplayProgress>;
}

/** What the page of an event shows at `now`, to a reader who may have a place or work on it. */
export function eventDetail(story: EventStory, now: Date, reader: Reader): EventDetail {
  const { event, sessions } = story;
  const { publicUrl, stars, ownPlacePath, consolePath } = reader;
  const card = eventCard(event, sessions, story.places, now);
  const speakersById = new Map(story.speakers.map((speaker) => [speaker._id, speaker]));
  const next = nextSession(event, sessions, now);
  const moment = (at?: Date | null) => (at ? showMoment(at, event.zone) : null);
  return {
    slug: card.slug,
    title: card.title,
    lang: card.lang,
    summary: card.summary,
    descriptionHtml: renderMarkdown(event.description, 3),
    state: card.state,
    registration: card.registration,
    registrationOpens: card.registration === 'not-yet-open' ? moment(event.registrationOpensAt) : null,
    registrationCloses: card.registration === 'open' ? moment(event.registrationClosesAt) : null,
    dateline: card.dateline,
    price: card.price,
    places: card.places,
    topics: event.topics.map((name) => ({ name, path: pathOfTopic(name) })),
    statusNote: statusNote(story, card.state, next),
    onStage: onStageNow(event, sessions, speakersById, now),
    next,
    agenda: agendaOf(event, sessions, speakersById, now, story.replayPaths, reader.progress),
    speakers: inOrderOfAppearance(sessions, speakersById).map(speakerCard),
    questions: event.faqs.map(({ question, answer }) => ({
      question,
      answerHtml: renderMarkdown(answer, 4),
    })),
    organiser: { name: story.organiser.name, email: story.organiser.contactEmail },
    ...{ ownPlacePath, consolePath },
    stars: isToCome(card.state) ? stars : null,
    calendar: eventCalendarLinks(event, publicUrl),
    series: seriesLink(event.series),
    accentStylesheet: event.accent ? `/accents/${event.accent.slice(1)}.css` : null,
    picturePath: null,
  };
}

const isToCome = (state: EventDetail['state']) =>
  state === 'upcoming' || state === 'starting-soon' || state === 'live';

function statusNote(
  { event, sessions }: EventStory,
  state: EventDetail['state'],
  next: EventDetail['next'],
): string | null {
  switch (state) {
    case 'live':
      return `until ${showTimeOfDay(event.endsAt, event.zone)}`;
    case 'starting-soon':
      return sessions.some((session) => session.state === 'ended')
        ? `Back at ${next?.time ?? showTimeOfDay(event.endsAt, event.zone)}`
        : `Starts at ${showTimeOfDay(event.startsAt, event.zone)}`;
    case 'cancelled':
      return event.cancellationReason || null;
    case 'draft':
    case 'upcoming':
    case 'ended':
      return null;
  }
}

export function inOrderOfAppearance<S>(
  sessions: readonly { readonly speakerIds: readonly string[] }[],
  speakersById: ReadonlyMap<string, S>,
): S[] {
  const ids = new Set(sessions.flatMap(({ speakerIds }) => speakerIds));
  return [...ids].flatMap((id) => speakersById.get(id) ?? []);
}

export function speakerCard(speaker: DetailSpeaker): SpeakerCard {
  const { slug, name, jobTitle, organisation, note } = speaker;
  return { slug, name, jobTitle, organisation, note: note || null, portraitPath: null };
}
