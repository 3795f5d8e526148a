import type { EventCard, EventMonth, LiveStrip } from '../contracts/event-card.ts';
import { replayCard } from '../replays/library.rules.ts';
import { showDate, showZone } from '../platform/time/show-time.ts';
import {
  nextSession,
  onStageNow,
  type PlannedEvent,
  type PlannedSession,
  type SpeakersById,
} from './agenda.rules.ts';
import { groupByMonth, monthOf } from './event-card.rules.ts';
import { pathOfTopic } from './topic.rules.ts';

/** Where the installation is: its front page speaks of today there. */
const houseZone = 'Europe/London';

interface HomeEvent {
  readonly event: PlannedEvent & { readonly slug: string; readonly title: string };
  readonly card: EventCard;
  readonly sessions: readonly PlannedSession[];
}

export interface HomeStory {
  /** What is on or still to come in the next twelve months, in order of start. */
  readonly listed: readonly HomeEvent[];
  readonly next: HomeEvent | null;
  /** The newest that everybody may watch. */
  readonly replays: readonly Parameters<typeof replayCard>[0][];
  readonly live: readonly (HomeEvent & { readonly speakers: SpeakersById })[];
}

/** What the front page shows at `now`. */
export function homePage({ listed, next, live, replays }: HomeStory, now: Date) {
  const topics = new Set(listed.flatMap(({ card }) => card.topics));
  const months: EventMonth[] = groupByMonth(
    listed.map(({ event, card }) => ({ iso: monthOf(event), card })),
    now,
  );
  return {
    strapline: 'Online events for the people who run public services',
    today: showDate(now, houseZone),
    zoneNote: `Times are UK time (${showZone(now, houseZone)}) unless an event says otherwise.`,
    live: live.map((event) => liveStrip(event, now)),
    next: next && {
      ...next.card,
      sessionCount: next.sessions.filter(({ kind, state }) => kind !== 'break' && state !== 'cancelled')
        .length,
      stageCount: Math.max(1, next.event.stages.length),
      speakerCount: new Set(next.sessions.flatMap(({ speakerIds }) => speakerIds)).size,
    },
    months,
    topics: [...topics]
      .sort((a, b) => a.localeCompare(b, 'en-GB'))
      .map((name) => ({ name, path: pathOfTopic(name) })),
    replays: replays.map((entry) => replayCard(entry)),
  };
}

function liveStrip({ event, sessions, speakers }: HomeStory['live'][number], now: Date): LiveStrip {
  return {
    slug: event.slug,
    title: event.title,
    now: onStageNow(event, sessions, speakers, now),
    next: nextSession(event, sessions, now),
  };
}
