import type { NumberedFact } from '../../../server/contracts/live-facts.ts';
import { applyFact } from './apply-fact.ts';
import type { LiveSnapshot } from '../../../server/contracts/live-snapshot.ts';

/** What a browser holds of a log: everything up to `seq`, and what came too early. */
export interface FactLog {
  readonly seq: number;
  readonly snapshot: LiveSnapshot;
  readonly early: readonly NumberedFact[];
}

export const startLog = (snapshot: LiveSnapshot, seq: number): FactLog => ({ seq, snapshot, early: [] });

/** Applies each number once and in order, whatever order and how often they come. A gap keeps the rest waiting. */
export function receiveFacts(log: FactLog, facts: readonly NumberedFact[]): FactLog {
  const waiting = new Map([...log.early, ...facts].map((fact) => [fact.seq, fact]));
  let { seq, snapshot } = log;
  for (let next = waiting.get(seq + 1); next; next = waiting.get(seq + 1)) {
    snapshot = applyFact(snapshot, next.fact);
    seq = next.seq;
  }
  return { seq, snapshot, early: [...waiting.values()].filter((fact) => fact.seq > seq) };
}

/** A snapshot from the server. An old one, that a slow answer brings, changes nothing. */
export function receiveSnapshot(
  log: FactLog,
  snapshot: LiveSnapshot,
  seq: number,
  isRestored: boolean,
): FactLog {
  if (seq < log.seq && !isRestored) return log;
  const early = isRestored ? [] : log.early;
  return receiveFacts({ seq, snapshot, early }, []);
}

export const hasGap = (log: FactLog): boolean => log.early.length > 0;
