/** When an event or session is, made ready for showing in its own zone. */
export interface Dateline {
  /** ISO 8601 instants; a script shows the reader's own zone from them. */
  readonly startsAt: string;
  readonly endsAt: string;
  /** "Tuesday 23 March 2027" */
  readonly date: string;
  /** "09:30 to 16:15" */
  readonly times: string;
  /** Zone as people write it on that day: "GMT", "BST", "CET". */
  readonly zone: string;
  /** IANA name: "Europe/London". */
  readonly timeZone: string;
}

/** One instant with the words for it in the event's zone. */
export interface ShownTime {
  readonly iso: string;
  /** "Tuesday 9 March 2027, 11:14", "09:30": whatever the place calls for. */
  readonly text: string;
}
