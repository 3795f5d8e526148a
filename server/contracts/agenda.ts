import type { ReplayProgress } from './event-card.ts';
/** The agenda of one event, made ready for showing. Slots are in order of time. */
export interface Agenda {
  /** In the organiser's order; empty or one entry means that stages are not named. */
  readonly stages: readonly string[];
  /** "GMT" */
  readonly zone: string;
  /** IANA name: "Europe/London". */
  readonly timeZone: string;
  readonly slots: readonly AgendaSlot[];
  /** "16:15" */
  readonly endTime: string;
}

/** Everything that starts at one time. */
export interface AgendaSlot {
  readonly startsAt: string;
  /** "09:30" in the event's zone. */
  readonly time: string;
  /** "Wednesday 24 March", on the first slot of each day of an event that spans days. */
  readonly day: string | null;
  readonly position: 'past' | 'current' | 'ahead';
  /** 0 to 100 while current. */
  readonly percentDone: number | null;
  readonly sessions: readonly AgendaSession[];
}

export interface AgendaSession {
  readonly id: string;
  readonly title: string;
  /** "Keynote", "Panel": shown as written. */
  readonly kind: string;
  /** Coffee, lunch: shown as one quiet line. */
  readonly isBreak: boolean;
  /** Index into `stages`; null means every stage. */
  readonly stage: number | null;
  /** "35 min" */
  readonly length: string;
  readonly summary: string | null;
  readonly speakers: readonly AgendaPerson[];
  /** Who leads it. */
  readonly moderators: readonly AgendaPerson[];
  readonly state: 'scheduled' | 'live' | 'paused' | 'ended' | 'cancelled';
  /** "12 min left", "Starts late, about 10:40" */
  readonly note: string | null;
  readonly replayPath: string | null;
  /** Of the reader, where they left off. */
  readonly replayProgress?: ReplayProgress | null;
}

export interface AgendaPerson {
  readonly slug: string;
  readonly name: string;
  readonly organisation: string;
}
