/** Two heartbeats of one connection that are further apart begin a new interval: one beat (30 s) may be lost, not two. */
export const longestGapMs = 75_000;

export interface Interval {
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/** The time that at least one of the intervals covers, in ms: two devices at once count once. */
export function coveredMs(intervals: readonly Interval[]): number {
  const sorted = [...intervals].sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  let covered = 0;
  let until = -Infinity;
  for (const { startedAt, endedAt } of sorted) {
    const from = Math.max(until, startedAt.getTime());
    if (endedAt.getTime() <= from) continue;
    covered += endedAt.getTime() - from;
    until = endedAt.getTime();
  }
  return covered;
}

export const minutesOf = (ms: number): number => Math.round(ms / 60_000);

export interface Attended {
  readonly sessionId: string;
  readonly kind: 'live' | 'replay';
  readonly minutes: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

type Stored = Interval & Pick<Attended, 'sessionId' | 'kind'>;

/** What one person was at, for each session; live and replay apart. */
export function attendedOf(intervals: readonly Stored[]): Attended[] {
  const groups = groupBy(intervals, ({ sessionId, kind }) => `${kind}:${sessionId}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const starts = group.map(({ startedAt }) => startedAt.getTime());
    const ends = group.map(({ endedAt }) => endedAt.getTime());
    return [
      {
        sessionId: first.sessionId,
        kind: first.kind,
        minutes: minutesOf(coveredMs(group)),
        firstAt: new Date(starts.reduce((a, b) => Math.min(a, b))),
        lastAt: new Date(ends.reduce((a, b) => Math.max(a, b))),
      },
    ];
  });
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/**
 * The sessions that somebody on this stage sees now: on air, not paused, here or on every stage. Who says no stage is
 * not on all of them at once.
 */
export function sessionsWatched<S extends { readonly state: string; readonly stageId?: string | null }>(
  sessions: readonly S[],
  stageId: string | null,
): S[] {
  return sessions.filter(
    (session) => session.state === 'live' && (!session.stageId || session.stageId === stageId),
  );
}

export interface SessionTotal {
  readonly sessionId: string;
  readonly people: number;
  readonly minutes: number;
}

/** Adds up what each person attended: how many people, and how many minutes altogether, for each session. */
export function totalsOf(people: readonly (readonly Attended[])[], kind: Attended['kind']): SessionTotal[] {
  const totals = new Map<string, { people: number; minutes: number }>();
  for (const { sessionId, minutes, kind: which } of people.flat()) {
    if (which !== kind) continue;
    const total = totals.get(sessionId) ?? { people: 0, minutes: 0 };
    totals.set(sessionId, { people: total.people + 1, minutes: total.minutes + minutes });
  }
  return [...totals].map(([sessionId, total]) => ({ sessionId, ...total }));
}

export const minutesInWords = (minutes: number): string =>
  minutes === 0 ? 'less than a minute' : minutes === 1 ? '1 minute' : `${minutes} minutes`;
