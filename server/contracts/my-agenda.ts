/** What a holder of a place chose, made ready for showing, with what lies in between. */
export interface MyAgenda {
  /** "GMT" */
  readonly zone: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly items: readonly MyAgendaItem[];
}

interface Timed {
  readonly startsAt: string;
  /** "09:30" in the event's zone. */
  readonly time: string;
  /** "Wednesday 24 March", on the first of each day of an event that spans days. */
  readonly day: string | null;
}

export type MyAgendaItem =
  | (Timed & {
      readonly kind: 'session';
      readonly id: string;
      readonly title: string;
      /** "10:15" */
      readonly until: string;
      /** null: every stage, or there is one only. */
      readonly stage: string | null;
      readonly isCancelled: boolean;
      /** Titles of other chosen sessions that overlap this one. */
      readonly clashes: readonly string[];
    })
  | (Timed & { readonly kind: 'break'; readonly id: string; readonly title: string; readonly until: string })
  /** A time for which nothing was chosen though something is on. */
  | (Timed & { readonly kind: 'free'; readonly until: string; readonly sessionCount: number });

/** Where the stars of one reader are pressed, and which are. */
export interface Stars {
  /** Before the id of the session. */
  readonly action: string;
  readonly from: 'event' | 'agenda';
  readonly sessionIds: readonly string[];
}
