import { ObjectId } from 'bson';
import { StoreError } from '../errors.ts';
import { getField, isDocument, isOperators, typeOf, withIdFirst, type Doc } from '../values/bson-types.ts';
import type { CompiledUpdate } from './apply-update.ts';
import { Draft } from './draft.ts';

/**
 * The document an upsert inserts: the filter's equalities, then the update. `_id` comes first and is made when
 * neither gives one.
 *
 * @throws StoreError 54 when the filter gives a field two values.
 */
export function documentForUpsert(filter: Doc, update: CompiledUpdate): Doc {
  const draft = new Draft({});
  const set: string[] = [];
  for (const [path, value] of equalities(filter)) {
    if (update.isReplacement && path !== '_id') continue;
    if (set.some((other) => `${other}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${other}.`))) {
      throw new StoreError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    set.push(path);
    draft.write(path.split('.'), value);
  }
  const { doc } = update.apply(draft.root, { inserting: true });
  const id = getField(doc, '_id');
  return withIdFirst(doc, id === undefined ? new ObjectId() : id);
}

function* equalities(filter: Doc): Iterable<[path: string, value: unknown]> {
  for (const key of Object.keys(filter)) {
    const operand = filter[key];
    if (key === '$and' || (key === '$or' && Array.isArray(operand) && operand.length === 1)) {
      for (const part of operand as Doc[]) yield* equalities(part);
    } else if (!key.startsWith('$')) {
      yield* fieldEqualities(key, operand);
    }
  }
}

function* fieldEqualities(path: string, operand: unknown): Iterable<[string, unknown]> {
  if (!isOperators(operand)) {
    if (typeOf(operand) !== 'regex') yield [path, operand];
    return;
  }
  if (Object.hasOwn(operand, '$eq')) yield [path, operand.$eq];
  const all = operand.$all;
  if (Array.isArray(all) && all.length === 1 && !isDocument(all[0])) yield [path, all[0]];
}
