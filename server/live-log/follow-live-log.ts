import type { LiveAudience, NumberedFact } from '../contracts/live-facts.ts';
import type { LiveSnapshot } from '../contracts/live-snapshot.ts';
import { getLastSeq, listFactsAfter } from './live-log.queries.ts';
import { isErasure, withoutErased } from './live-log.rules.ts';

const mostRemembered = 500;
const readAtOnce = 500;
/**
 * A snapshot serves everybody who joins within this time, with the facts since, however busy the log is; an edit that
 * no fact tells of is seen after it.
 */
const snapshotLifeMs = 2_000;
const mostFactsBeside = 100;

/**
 * One log as this process has followed it. Facts are read once and remembered, so that a thousand viewers who
 * come back at once cost no query; the snapshot is built once for each number of the log.
 */
export interface FollowedLog {
  readonly seq: number;
  /** Reads on to what was committed before this call. */
  catchUp(): Promise<void>;
  /** What this process has committed: follows on without a question to the store, unless something before it is missing. */
  take(facts: readonly NumberedFact[]): Promise<void>;
  factsAfter(seq: number): Promise<readonly NumberedFact[]>;
  /** A snapshot that holds at least everything up to its `seq`; what came since is told by `factsAfter`. */
  snapshot(): Promise<{ readonly snapshot: LiveSnapshot; readonly seq: number }>;
}

export async function followLiveLog(
  {
    eventId,
    audience,
    readSnapshot,
  }: {
    readonly eventId: string;
    readonly audience: LiveAudience;
    readonly readSnapshot: () => Promise<LiveSnapshot>;
  },
  onFacts: (facts: readonly NumberedFact[]) => void,
): Promise<FollowedLog> {
  let seq = await getLastSeq(eventId, audience);
  let remembered: NumberedFact[] = [];
  let reading: Promise<void> | null = null;
  let readingNext: Promise<void> | null = null;
  let built: { seq: number; at: number; snapshot: Promise<LiveSnapshot> } | null = null;

  // What was deleted is gone for whoever joins from now on, as it is in the store.
  const forget = (erasure: Parameters<typeof withoutErased>[1]) => {
    remembered = withoutErased(remembered, erasure);
    built = null;
  };
  const follow = (facts: readonly NumberedFact[], upTo: number) => {
    seq = upTo;
    for (const { fact } of facts) if (isErasure(fact)) forget(fact);
    remembered = [...remembered, ...facts].slice(-mostRemembered);
    onFacts(facts);
  };
  const readOn = async () => {
    for (;;) {
      const facts = await listFactsAfter(eventId, audience, seq, readAtOnce);
      const last = facts.at(-1);
      if (!last) return;
      follow(facts, last.seq);
      if (facts.length < readAtOnce) return;
    }
  };
  // A read that is under way may have begun before the caller's commit, so the caller waits for the next one.
  const catchUp = (): Promise<void> => {
    if (!reading) return (reading = readOn().finally(() => (reading = null)));
    readingNext ??= reading
      .catch(() => undefined)
      .then(() => {
        readingNext = null;
        return catchUp();
      });
    return readingNext;
  };

  return {
    get seq() {
      return seq;
    },
    catchUp,
    take(facts) {
      const [first] = facts;
      const last = facts.at(-1);
      // A read that is under way may bring the same facts.
      if (reading || !first || !last || first.seq !== seq + 1) return catchUp();
      follow(facts, last.seq);
      return Promise.resolve();
    },
    async factsAfter(after) {
      const first = remembered[0]?.seq ?? seq + 1;
      if (after >= first - 1) return remembered.filter((fact) => fact.seq > after);
      const until = seq;
      const facts = await listFactsAfter(eventId, audience, after, until - after);
      return facts.filter((fact) => fact.seq <= until);
    },
    async snapshot() {
      if (!built || seq - built.seq > mostFactsBeside || performance.now() - built.at > snapshotLifeMs) {
        const entry = { seq, at: performance.now(), snapshot: readSnapshot() };
        built = entry;
        entry.snapshot.catch(() => {
          if (built === entry) built = null;
        });
      }
      // The number is from before the read: what is newer in the snapshot comes again as a fact and changes nothing.
      const { seq: asOf, snapshot } = built;
      return { snapshot: await snapshot, seq: asOf };
    },
  };
}
