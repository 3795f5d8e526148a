import { decodeDocument } from '../document-bytes.ts';
import { StoreError } from '../errors.ts';
import { documentKey, idKeyOf } from '../storage/documents.ts';
import type { Collection } from '../storage/catalog.ts';
import type { View } from '../storage/tables.ts';
import type { Doc } from '../values/bson-types.ts';
import type { Matcher } from './match.ts';
import type { Plan } from './plan.ts';

export interface Found {
  /** The `_id` bytes. */
  id: Buffer;
  bytes: Buffer;
  doc: Doc;
}

/** Counts what a command looks at, and ends it at its deadline (`maxTimeMS`). */
export class ScanBudget {
  scanned = 0;

  constructor(private readonly deadline: number = Infinity) {}

  spend(): void {
    this.scanned += 1;
    if ((this.scanned & 63) === 0) this.check();
  }

  check(): void {
    if (Date.now() > this.deadline) throw new StoreError(50, 'operation exceeded time limit');
  }
}

/** Walks a plan's ranges; can stop after any document and go on later from the same place. */
export class Scan {
  private rangeNumber = 0;
  private after: Buffer | undefined;
  private readonly seen: Set<string> | undefined;

  constructor(
    private readonly collection: Collection,
    private readonly plan: Plan,
    private readonly matcher: Matcher,
  ) {
    this.seen = plan.repeats ? new Set() : undefined;
  }

  /** The matching documents from where the last call stopped. */
  *documents(view: View, budget: ScanBudget): Generator<Found> {
    for (; this.rangeNumber < this.plan.ranges.length; this.rangeNumber += 1, this.after = undefined) {
      const range = { ...this.plan.ranges[this.rangeNumber]!, after: this.after };
      for (const { key, value } of view.range(this.plan.index ? 'entries' : 'documents', range)) {
        this.after = key;
        budget.spend();
        const found = this.plan.index ? this.follow(view, value) : readFound(idKeyOf(key), value);
        if (found && this.matcher.matches(found.doc)) yield found;
      }
    }
  }

  private follow(view: View, id: Buffer): Found | undefined {
    if (this.seen) {
      const name = id.toString('latin1');
      if (this.seen.has(name)) return undefined;
      this.seen.add(name);
    }
    return fetchDocument(view, this.collection, id);
  }
}

export function fetchDocument(view: View, collection: Collection, id: Buffer): Found | undefined {
  const bytes = view.get('documents', documentKey(collection, id));
  return bytes && readFound(id, bytes);
}

function readFound(id: Buffer, bytes: Buffer): Found {
  return { id, bytes, doc: decodeDocument(bytes) };
}
