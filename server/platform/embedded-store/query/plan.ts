import type { Collection, Index } from '../storage/catalog.ts';
import { numberBytes, prefixRange, successor, type KeyRange } from '../storage/tables.ts';
import type { Doc } from '../values/bson-types.ts';
import { equalValues, rankOf } from '../values/compare.ts';
import { encodeIndexKey } from '../values/index-key.ts';
import { toNumber } from '../values/numbers.ts';
import { readPredicates, type Predicate, type Predicates } from './predicates.ts';

/** Where to look for the documents. The ranges hold every match, and may hold more. */
export interface Plan {
  /** Absent: the documents themselves, in the order of `_id`. */
  index?: Index;
  ranges: KeyRange[];
  /** The documents come in the order of the sort. */
  sorted: boolean;
  /** One document may be met several times. */
  repeats: boolean;
  /** Nothing bounds the search. */
  full: boolean;
}

interface Candidate extends Plan {
  score: number;
}

const RANK_OF_REGEX = rankOf(/x/);

/** A range of `$in` values is worth an index only while it is shorter than a scan. */
const mostRanges = 1_000;

/** Chooses one index by equality prefix, then range, then order; else the whole collection. */
export function choosePlan(collection: Collection, filter: Doc, sort?: Doc): Plan {
  const predicates = readPredicates(filter);
  const byId = boundsFor(numberBytes(collection.id), ['_id'], predicates, []);
  const candidates = [finish(byId, sort, ['_id'])];
  for (const index of collection.indexes) {
    if (index.partial && !containsLiterally(filter, index.partial.filter)) continue;
    const bounds = boundsFor(numberBytes(index.id), index.paths, predicates, index.multikeyPaths);
    const paths =
      index.inexact || index.multikeyPaths.some((path) => sort && path in sort)
        ? []
        : [...index.paths, '_id'];
    candidates.push({ ...finish(bounds, sort, paths), index, repeats: index.multikeyPaths.length > 0 });
  }
  return candidates.reduce((best, one) => (one.score > best.score ? one : best));
}

interface Bounds {
  ranges: KeyRange[];
  fixed: number;
  bounded: boolean;
  points: boolean;
}

function finish(bounds: Bounds, sort: Doc | undefined, paths: string[]): Candidate {
  const order = sort && bounds.points ? orderOf(paths, bounds.fixed, sort) : undefined;
  const reverse = order === 'reverse';
  return {
    ranges: reverse ? bounds.ranges.map((range) => ({ ...range, reverse })).reverse() : bounds.ranges,
    sorted: order !== undefined,
    repeats: false,
    full: bounds.fixed === 0 && !bounds.bounded,
    score: bounds.fixed * 10 + (bounds.bounded ? 5 : 0) + (order ? 6 : 0),
  };
}

/** Which way the keys behind the fixed prefix run along the sort, if they do. */
function orderOf(paths: string[], fixed: number, sort: Doc): 'forward' | 'reverse' | undefined {
  const known = new Set(paths.slice(0, fixed));
  const rest = paths.slice(fixed);
  const wanted = Object.entries(sort).filter(([path]) => !known.has(path));
  const directions = new Set(wanted.map(([, direction]) => toNumber(direction)));
  if (directions.size > 1 || wanted.some(([path], i) => rest[i] !== path)) return undefined;
  return directions.has(-1) ? 'reverse' : 'forward';
}

/** Follows the paths of an index as long as equality fixes them; the first range ends it. */
function boundsFor(number: Buffer, paths: string[], predicates: Predicates, multikeyPaths: string[]): Bounds {
  let prefixes: unknown[][] = [[]];
  let fixed = 0;
  let points = true;
  let multikeyUsed = false;
  for (const path of paths) {
    const known = predicates.get(path) ?? [];
    // Two paths into one array may be fulfilled by different elements, which are different keys.
    if (known.length === 0 || (multikeyUsed && multikeyPaths.includes(path))) break;
    multikeyUsed ||= multikeyPaths.includes(path);
    const equal = known.find((one) => one.kind === 'equal');
    if (!equal || prefixes.length * equal.values.length > mostRanges) {
      const ranges = distinctRanges(
        prefixes.flatMap((prefix) => rangesBehind(number, prefix, known, multikeyPaths.includes(path))),
      );
      return { ranges, fixed, bounded: ranges.length > 0, points };
    }
    prefixes = prefixes.flatMap((prefix) => equal.values.map((value) => [...prefix, value ?? null]));
    if (equal.values.length > 1) points = false;
    fixed += 1;
    // A missing field and an empty array are looked for as null but lie on both sides of it.
    if (equal.values.some((value) => value === null || value === undefined)) {
      return {
        ranges: distinctRanges(prefixes.map((prefix) => nullRange(number, prefix))),
        fixed,
        bounded: true,
        points: false,
      };
    }
  }
  return {
    ranges: distinctRanges(prefixes.map((prefix) => keyRange(number, prefix))),
    fixed,
    bounded: false,
    points,
  };
}

function keyRange(number: Buffer, prefix: unknown[]): KeyRange {
  return prefixRange(Buffer.concat([number, encodeIndexKey(prefix).key]));
}

function nullRange(number: Buffer, prefix: unknown[]): KeyRange {
  if (prefix.at(-1) !== null) return keyRange(number, prefix);
  const before = prefix.slice(0, -1);
  return { from: keyRange(number, [...before, undefined]).from, to: keyRange(number, [...before, null]).to };
}

/** `$in` may name a value twice, or 1 and 1.0. Ordered, so that a scan goes through the keys once. */
function distinctRanges(ranges: KeyRange[]): KeyRange[] {
  if (ranges.length === 1) return ranges;
  const byStart = new Map(ranges.map((range) => [range.from.toString('latin1'), range]));
  return [...byStart.values()].sort((a, b) => a.from.compare(b.from));
}

/** With several keys per document only one bound may be used: each may be fulfilled by another element. */
function rangesBehind(number: Buffer, prefix: unknown[], known: Predicate[], multikey: boolean): KeyRange[] {
  const { key, exact } = encodeIndexKey(prefix);
  const start = Buffer.concat([number, key]);
  const usable = known.filter((one) => one.kind !== 'equal');
  if (!exact || usable.length === 0) return [prefixRange(start)];
  const prefixed = usable.find((one) => one.kind === 'prefix');
  if (prefixed) {
    // A stored regular expression equals itself, so those come too.
    const regexes = prefixRange(Buffer.concat([start, Buffer.of(RANK_OF_REGEX)]));
    return [rangeOf(number, prefix, start, prefixed), regexes];
  }
  let merged: KeyRange | undefined;
  for (const predicate of multikey ? usable.slice(0, 1) : usable) {
    const range = rangeOf(number, prefix, start, predicate);
    merged = merged ? { from: later(merged.from, range.from), to: earlier(merged.to, range.to) } : range;
  }
  if (!merged || merged.from.compare(merged.to) >= 0) return [];
  return [merged];
}

function rangeOf(number: Buffer, prefix: unknown[], start: Buffer, predicate: Predicate): KeyRange {
  if (predicate.kind === 'prefix') {
    // The encoded text without its two-byte end mark.
    const whole = keyRange(number, [...prefix, predicate.text]).from;
    return prefixRange(whole.subarray(0, whole.length - 2));
  }
  if (predicate.kind === 'equal') return prefixRange(start);
  const all = prefixRange(Buffer.concat([start, Buffer.of(predicate.rank)]));
  return {
    from: predicate.from === undefined ? all.from : keyRange(number, [...prefix, predicate.from]).from,
    to: predicate.to === undefined ? all.to : successor(keyRange(number, [...prefix, predicate.to]).from),
  };
}

const later = (a: Buffer, b: Buffer): Buffer => (a.compare(b) > 0 ? a : b);
const earlier = (a: Buffer, b: Buffer): Buffer => (a.compare(b) < 0 ? a : b);

/** A partial index answers only a query that says its filter word for word; anything cleverer loses results. */
function containsLiterally(filter: Doc, partial: Doc): boolean {
  const parts = Array.isArray(filter.$and) ? [filter, ...(filter.$and as Doc[])] : [filter];
  return Object.entries(partial).every(([path, condition]) =>
    parts.some((part) => Object.hasOwn(part, path) && equalValues(part[path], condition)),
  );
}
