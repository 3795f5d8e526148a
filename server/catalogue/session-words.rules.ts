import { showTimeOfDay } from '../platform/time/show-time.ts';

const kinds = {
  welcome: 'Welcome',
  keynote: 'Keynote',
  talk: 'Talk',
  panel: 'Panel',
  workshop: 'Workshop',
  'case-study': 'Case study',
  interview: 'Interview',
  debate: 'Debate',
  clinic: 'Clinic',
  break: 'Break',
  closing: 'Closing',
} as const;

export type SessionKind = keyof typeof kinds;

export const sessionKinds = Object.entries(kinds).map(([value, label]) => ({ value, label }));
export const wordOfKind = (kind: SessionKind): string => kinds[kind];

interface Timed {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: 'scheduled' | 'live' | 'paused' | 'ended' | 'cancelled';
}

export const minutesBetween = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 60_000);

/** How far through its planned time, 0 to 100. */
export function percentDone({ startsAt, endsAt }: Pick<Timed, 'startsAt' | 'endsAt'>, now: Date): number {
  const whole = Math.max(1, minutesBetween(startsAt, endsAt));
  return Math.min(100, Math.max(0, Math.round((minutesBetween(startsAt, now) / whole) * 100)));
}

/** "12 min left", "Paused", "Running over", "Starts late": what the state and the clock say together. */
export function sessionNote(session: Timed, now: Date): string | null {
  const left = minutesBetween(now, session.endsAt);
  switch (session.state) {
    case 'live':
      return left > 0 ? `${left} min left` : 'Running over';
    case 'paused':
      return 'Paused';
    case 'scheduled':
      return now > session.startsAt && left > 0 ? 'Starts late' : null;
    case 'ended':
    case 'cancelled':
      return null;
  }
}

/** "Jo Brannigan and Imran Sheikh" */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** "35 min", "1 h 30 min" */
export function lengthOf({ startsAt, endsAt }: Pick<Timed, 'startsAt' | 'endsAt'>): string {
  const minutes = minutesBetween(startsAt, endsAt);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

export const timesOf = ({ startsAt, endsAt }: Pick<Timed, 'startsAt' | 'endsAt'>, zone: string) =>
  `${showTimeOfDay(startsAt, zone)} to ${showTimeOfDay(endsAt, zone)}`;
