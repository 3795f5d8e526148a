import { failedToParse, notImplemented, StoreError } from '../errors.ts';
import { getField, isDocument, withIdFirst, type Doc } from '../values/bson-types.ts';
import { equalValues } from '../values/compare.ts';
import { sameBson } from '../values/same-bson.ts';
import { assertNoOverlap, compileSteps, hasOperators, type Step } from './compile-update.ts';
import { Draft } from './draft.ts';
import { renameField } from './rename-field.ts';
import { compileArrayFilters, isPositional, resolvePositions, type ArrayFilters } from './positional.ts';

export interface UpdateOptions {
  arrayFilters?: readonly unknown[];
  now: Date;
}

/** How an update meets one document. */
export interface UpdateTarget {
  /** The array position the filter matched, for `$`. */
  position?: number | undefined;
  /** True for an upsert: `$setOnInsert` counts and `_id` may be set. */
  inserting: boolean;
}

export interface UpdateResult {
  /** A new document, or the given one when nothing changed. */
  doc: Doc;
  changed: boolean;
}

/** An update whose operators and operands have been checked. Compile once per command. */
export interface CompiledUpdate {
  apply(doc: Doc, target: UpdateTarget): UpdateResult;
  /** Whether `apply` looks at `target.position`. */
  needsPosition: boolean;
  isReplacement: boolean;
}

/**
 * Compiles an update document: operators or a replacement.
 *
 * @throws StoreError with MongoDB's code for an update that cannot be applied to any document.
 */
export function compileUpdate(update: unknown, options: UpdateOptions): CompiledUpdate {
  if (Array.isArray(update)) throw notImplemented('An update with a pipeline');
  if (!isDocument(update)) throw failedToParse('The update must be an object');
  const filters = compileArrayFilters(options.arrayFilters ?? []);
  if (!hasOperators(update)) {
    if (filters.size > 0) throw failedToParse('Cannot use arrayFilters with a replacement');
    return replacement(update);
  }
  const steps = compileSteps(update, filters, options);
  return {
    needsPosition: steps.some(({ parts }) => parts.includes('$')),
    isReplacement: false,
    apply: (doc, target) => applySteps(doc, steps, filters, target),
  };
}

/** Applies an update to one document; see `compileUpdate` when there are several. */
export function applyUpdate(doc: Doc, update: unknown, options: UpdateOptions & UpdateTarget): UpdateResult {
  return compileUpdate(update, options).apply(doc, options);
}

function replacement(update: Doc): CompiledUpdate {
  for (const name of Object.keys(update)) {
    if (name.startsWith('$')) {
      throw new StoreError(52, `The dollar ($) prefixed field '${name}' is not valid for storage.`);
    }
  }
  return {
    needsPosition: false,
    isReplacement: true,
    apply(doc) {
      const id = getField(doc, '_id');
      const given = getField(update, '_id');
      if (id !== undefined && given !== undefined && !equalValues(id, given)) throw changedId();
      const kept = id ?? given;
      const next: Doc = kept === undefined ? update : withIdFirst(update, kept);
      return sameBson(doc, next) ? { doc, changed: false } : { doc: next, changed: true };
    },
  };
}

function applySteps(doc: Doc, steps: Step[], filters: ArrayFilters, target: UpdateTarget): UpdateResult {
  const draft = new Draft(doc);
  const touched: string[][] = [];
  let resolved = false;
  for (const step of steps) {
    if (step.operator === '$setOnInsert' && !target.inserting) continue;
    const positional = isPositional(step.parts);
    resolved ||= positional;
    const paths = positional ? resolvePositions(draft, step.parts, filters, target.position) : [step.parts];
    for (const path of paths) applyStep(draft, step, path);
    touched.push(...paths);
  }
  if (resolved && steps.length > 1) assertNoOverlap(touched);
  const id = getField(doc, '_id');
  if (id !== undefined && !sameBson(id, getField(draft.root, '_id'))) throw changedId();
  return { doc: draft.root, changed: draft.changed };
}

function applyStep(draft: Draft, step: Step, path: string[]): void {
  if (step.target) return renameField(draft, path, step.target);
  if (step.operator === '$unset') return draft.remove(path);
  const before = draft.read(path);
  if (before === undefined) draft.assertViable(path);
  const after = step.change(before);
  if (after === undefined || (before !== undefined && sameBson(before, after))) return;
  draft.write(path, after);
}

function changedId(): StoreError {
  return new StoreError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}
