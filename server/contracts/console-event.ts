import type { ShownEventState } from './event-card.ts';

/** The event an organiser is working on; the console derives its links from `path`. */
export interface ConsoleEvent {
  readonly title: string;
  /** Base of the event's console pages, without a slash at the end. */
  readonly path: string;
  readonly publicPath: string;
  /** "Tuesday 23 March 2027, 09:30 to 16:15 GMT" */
  readonly when: string;
  readonly state: ShownEventState;
}
