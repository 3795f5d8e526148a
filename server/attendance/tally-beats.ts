import type { Deps } from '../deps.ts';
import { noteSeen } from '../participants/note-seen.ts';
import { AttendanceIntervalModel } from './attendance-interval.model.ts';
import { longestGapMs } from './attendance.rules.ts';

export interface Beat {
  /** One socket: the same person on two devices has two. */
  readonly connectionId: string;
  readonly participantId: string;
  /** null: a member or speaker, of whom only "last seen" is kept. */
  readonly registrationId: string | null;
  readonly eventId: string;
  /** Sessions on air where this person is. */
  readonly sessionIds: readonly string[];
}

interface OpenInterval {
  readonly id: string;
  readonly eventId: string;
  readonly registrationId: string;
  readonly sessionId: string;
  readonly startedAt: number;
  endedAt: number;
}

/** As many intervals go to the store in one command. */
const perWrite = 500;

/**
 * Gathers heartbeats and writes them together, every `flushMs`. A process that dies loses what came since its last
 * flush and nothing else: every flush moves the ends of its intervals on, and none is ever moved back.
 */
export function tallyBeats(
  { clock, logger }: Pick<Deps, 'clock' | 'logger'>,
  flushMs = 3_000,
): { add(beat: Beat): void; flush(): Promise<void> } {
  const open = new Map<string, OpenInterval>();
  let changed = new Set<OpenInterval>();
  let seen = new Map<string, Date>();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const intervals = [...changed];
    const people = seen;
    changed = new Set();
    seen = new Map();
    forgetEnded();
    try {
      for (let from = 0; from < intervals.length; from += perWrite)
        await AttendanceIntervalModel.bulkWrite(intervals.slice(from, from + perWrite).map(asWrite), {
          ordered: false,
        });
      await noteSeen(people);
    } catch (error) {
      logger.warn({ err: error }, 'heartbeats were not stored, and are tried again');
      for (const interval of intervals) changed.add(interval);
      for (const [id, at] of people) if (!seen.has(id)) seen.set(id, at);
      plan();
    }
  }

  function forgetEnded(): void {
    const oldest = clock.now().getTime() - longestGapMs;
    for (const [key, { endedAt }] of open) if (endedAt < oldest) open.delete(key);
  }

  function plan(): void {
    timer ??= setTimeout(() => void flush(), flushMs).unref();
  }

  return {
    add({ connectionId, participantId, registrationId, eventId, sessionIds }) {
      const now = clock.now();
      seen.set(participantId, now);
      if (registrationId !== null)
        for (const sessionId of sessionIds) {
          const key = `${connectionId}:${sessionId}`;
          const known = open.get(key);
          const at = now.getTime();
          const goesOn = known !== undefined && at - known.endedAt <= longestGapMs;
          const begun = {
            id: `${key}:${at}`,
            eventId,
            registrationId,
            sessionId,
            startedAt: at,
            endedAt: at,
          };
          const interval = goesOn ? known : begun;
          interval.endedAt = Math.max(interval.endedAt, at);
          open.set(key, interval);
          changed.add(interval);
        }
      plan();
    },
    flush,
  };
}

function asWrite({ id, eventId, registrationId, sessionId, startedAt, endedAt }: OpenInterval) {
  const begun = { eventId, registrationId, sessionId, kind: 'live' as const, startedAt: new Date(startedAt) };
  return {
    updateOne: {
      filter: { _id: id },
      update: { $setOnInsert: begun, $max: { endedAt: new Date(endedAt) } },
      upsert: true,
    },
  };
}
