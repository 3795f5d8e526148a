import type { Collection } from '../storage/catalog.ts';
import type { View } from '../storage/tables.ts';
import type { Doc } from '../values/bson-types.ts';
import { compileFilter, type Matcher } from './match.ts';
import { choosePlan } from './plan.ts';
import { fetchDocument, Scan, type Found, type ScanBudget } from './scan.ts';
import { compileSort } from './sort.ts';

export interface Search {
  filter: Doc;
  sort?: Doc | undefined;
  skip?: number | undefined;
  /** 0: no limit. */
  limit?: number | undefined;
}

/** The documents a search finds, to be taken in as many portions as the client likes, each from the then current state. */
export interface FoundDocuments {
  matcher: Matcher;
  next(view: View, budget: ScanBudget): Iterable<Found>;
}

export function findDocuments(
  view: View,
  collection: Collection,
  search: Search,
  budget: ScanBudget,
): FoundDocuments {
  const matcher = compileFilter(search.filter);
  const sort = search.sort && Object.keys(search.sort).length > 0 ? search.sort : undefined;
  const plan = choosePlan(collection, search.filter, sort);
  const scan = new Scan(collection, plan, matcher);
  if (sort && !plan.sorted) return sortInMemory(view, collection, scan, matcher, { ...search, sort }, budget);
  if (sort) compileSort(sort);
  let toSkip = search.skip ?? 0;
  let left = search.limit || Infinity;
  return {
    matcher,
    *next(current, spending) {
      if (left <= 0) return;
      for (const found of scan.documents(current, spending)) {
        if (toSkip > 0) toSkip -= 1;
        else {
          left -= 1;
          yield found;
          if (left <= 0) return;
        }
      }
    },
  };
}

/**
 * Reads every match, but keeps of each only its `_id` bytes and the fields it is sorted by, and with a limit only the
 * best so far: memory must not grow with the documents.
 */
function sortInMemory(
  view: View,
  collection: Collection,
  scan: Scan,
  matcher: Matcher,
  search: Search & { sort: Doc },
  budget: ScanBudget,
): FoundDocuments {
  const compare = compileSort(search.sort);
  const fields = [...new Set(Object.keys(search.sort).map((path) => path.split('.')[0]!))];
  const wanted = search.limit ? (search.skip ?? 0) + search.limit : Infinity;
  let rows: { id: Buffer; fields: Doc }[] = [];
  const order = (): void => {
    rows.sort((a, b) => compare(a.fields, b.fields));
    if (rows.length > wanted) rows = rows.slice(0, wanted);
  };
  for (const { id, doc } of scan.documents(view, budget)) {
    rows.push({
      id,
      fields: Object.fromEntries(fields.flatMap((name) => (name in doc ? [[name, doc[name]]] : []))),
    });
    if (rows.length >= wanted * 2 + 1_000) order();
  }
  order();
  const ids = rows.slice(search.skip ?? 0).map(({ id }) => id);
  let position = 0;
  return {
    matcher,
    *next(current, spending) {
      while (position < ids.length) {
        spending.check();
        const found = fetchDocument(current, collection, ids[position++]!);
        // Removed or changed since: a later batch must not show what no longer matches.
        if (found && matcher.matches(found.doc)) yield found;
      }
    },
  };
}
