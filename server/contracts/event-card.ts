import type { Dateline } from './dateline.ts';

/** What the page of an event shows; computed from the stored state and the clock. */
export type ShownEventState = 'draft' | 'cancelled' | 'upcoming' | 'starting-soon' | 'live' | 'ended';

/** Whether a stranger could take a place now. */
export type RegistrationWindow = 'not-yet-open' | 'open' | 'closed' | 'sold-out';

/** Seats of one event; `capacity` null when it has no limit. */
export interface Places {
  readonly capacity: number | null;
  readonly taken: number;
}

/** One event in a list: home, calendar, a speaker's page. */
export interface EventCard {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  /** Language of the content when it is not English: "cy". */
  readonly lang: string | null;
  readonly topics: readonly string[];
  readonly dateline: Dateline;
  /** "23" */
  readonly day: string;
  /** "Tue" */
  readonly weekday: string;
  /** "Free" */
  readonly price: string;
  readonly state: ShownEventState;
  readonly registration: RegistrationWindow;
  /** "Tuesday 1 June 2027" while registration is not yet open. */
  readonly registrationOpensOn: string | null;
  readonly places: Places;
}

/** A month of the calendar; `name` holds the year when it is not the current one. */
export interface EventMonth {
  /** "2027-03" */
  readonly iso: string;
  /** "March", "January 2028" */
  readonly name: string;
  readonly events: readonly EventCard[];
}

/** What is on at an event that is live now. */
export interface LiveStrip {
  readonly slug: string;
  readonly title: string;
  readonly now: readonly StageNow[];
  readonly next: { readonly time: string; readonly title: string } | null;
}

/** The session on one stage at this minute. */
export interface StageNow {
  readonly stage: string;
  readonly time: string;
  readonly title: string;
  /** "Jo Brannigan and Imran Sheikh" */
  readonly who: string;
  /** "12 min left", "Paused" */
  readonly left: string;
  /** 0 to 100 */
  readonly percentDone: number;
}

/** How far somebody has watched. */
export interface ReplayProgress {
  /** Goes on there. */
  readonly path: string;
  /** "12:40" */
  readonly at: string;
  /** 0 to 100 */
  readonly percent: number;
}

/** A session to watch afterwards. */
export interface ReplayCard {
  readonly path: string;
  readonly title: string;
  /** Picks the pattern of the poster. */
  readonly slug: string;
  /** "41 min" */
  readonly length: string;
  readonly topic: string | null;
  /** "November 2026" */
  readonly month: string;
  readonly who: string;
  readonly summary: string | null;
  /** Of the reader, where they left off. */
  readonly progress?: ReplayProgress | null;
}
