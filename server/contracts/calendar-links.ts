/** Ways to put one event into a calendar. */
export interface CalendarLinks {
  readonly google: string;
  readonly outlook: string;
  readonly microsoft365: string;
  readonly yahoo: string;
  readonly ics: string;
}
