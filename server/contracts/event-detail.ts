import type { Agenda } from './agenda.ts';
import type { Dateline } from './dateline.ts';
import type { Places, RegistrationWindow, ShownEventState, StageNow } from './event-card.ts';
import type { CalendarLinks } from './calendar-links.ts';
import type { Stars } from './my-agenda.ts';
import type { SpeakerCard } from './speaker-card.ts';

/** Everything the page of one event shows, in every state. */
export interface EventDetail {
  readonly slug: string;
  readonly title: string;
  readonly lang: string | null;
  /** Who it is for, in two sentences. */
  readonly summary: string;
  /** Markdown already rendered; '' when there is none. */
  readonly descriptionHtml: string;
  readonly state: ShownEventState;
  readonly registration: RegistrationWindow;
  /** "Monday 1 March 2027, 09:00 GMT" */
  readonly registrationOpens: string | null;
  readonly registrationCloses: string | null;
  readonly dateline: Dateline;
  readonly price: string;
  readonly places: Places;
  readonly topics: readonly { name: string; path: string }[];
  /** Beside the state: "until 16:15", "Doors open at 09:15", or why it was cancelled. */
  readonly statusNote: string | null;
  readonly onStage: readonly StageNow[];
  readonly next: { time: string; title: string } | null;
  readonly agenda: Agenda;
  readonly speakers: readonly SpeakerCard[];
  readonly questions: readonly { question: string; answerHtml: string }[];
  readonly organiser: { name: string; email: string | null };
  /** Where the signed-in reader's own place is, when they have one. */
  readonly ownPlacePath: string | null;
  /** Set for a reader who has a place, as long as there is something to choose. */
  readonly stars: Stars | null;
  readonly calendar: CalendarLinks;
  /** Its calendar holds every event of the series. */
  readonly series: { name: string; icsPath: string } | null;
  /** Where an organiser who previews a draft goes back to. */
  readonly consolePath: string | null;
  /** Stylesheet that sets the event's own accent. */
  readonly accentStylesheet: string | null;
  readonly picturePath: string | null;
}
