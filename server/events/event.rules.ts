import type { ShownEventState } from '../contracts/event-card.ts';

/** How long before its start an event says "starting soon". */
const soonMs = 30 * 60_000;

export interface EventCourse {
  readonly status: 'draft' | 'published' | 'cancelled';
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * What an event is at `now`: live while any session is on air, whatever the plan says; over when its time has
 * passed, or when nothing is left to come. Between two sessions it is about to go on.
 */
export function shownEventState(
  event: EventCourse,
  sessions: readonly { readonly state: string; readonly kind: string }[],
  now: Date,
): ShownEventState {
  if (event.status !== 'published') return event.status;
  if (sessions.some(({ state }) => state === 'live' || state === 'paused')) return 'live';
  if (now >= event.endsAt) return 'ended';
  if (now.getTime() < event.startsAt.getTime() - soonMs) return 'upcoming';
  const isToCome = sessions.some(({ state, kind }) => state === 'scheduled' && kind !== 'break');
  const isOver = sessions.some(({ state }) => state === 'ended') && !isToCome;
  return isOver ? 'ended' : 'starting-soon';
}

/** Published, or cancelled after it was: a draft that was dropped stays unseen. */
export const isShownToPublic = (event: {
  readonly status: EventCourse['status'];
  readonly publishedAt?: Date | null;
}): boolean => event.status !== 'draft' && !!event.publishedAt;

/** The ids of rehearsals say what they are. */
export const isRehearsalId = (eventId: string): boolean => eventId.startsWith('rehearsal-');

/** First parts of addresses that are, or may become, pages of their own. */
const reservedSlugs = new Set(
  `new edit all past live archive calendar feed feeds rss ics search topics topic month months on-demand register
   registrations account sign-in sign-out console admin api events event speakers speaker sessions sitemap robots`.split(
    /\s+/,
  ),
);

/** Why a slug cannot be used, as a sentence; null when it can. */
export function complaintAboutSlug(slug: string): string | null {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug))
    return 'Use small letters, figures and single hyphens, for example learning-2027';
  if (slug.length > 80) return 'Use an address of 80 characters or fewer';
  if (reservedSlugs.has(slug)) return `“${slug}” is kept for a page of the site. Add a word or a year`;
  return null;
}
