import { Long } from 'bson';
import { notImplemented, StoreError } from '../errors.ts';
import { getField, isDocument, type Doc } from '../values/bson-types.ts';
import { Draft } from '../update/draft.ts';
import type { Stage } from './pipeline-context.ts';

/** `$unwind`: one document per element of an array. */
export function compileUnwind(operand: unknown): Stage {
  const spec = isDocument(operand) ? operand : { path: operand };
  for (const key of Object.keys(spec)) {
    if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(key)) {
      throw notImplemented(`The option ${key} of $unwind`);
    }
  }
  const { path, includeArrayIndex: indexField } = spec as { path: unknown; includeArrayIndex?: unknown };
  if (typeof path !== 'string' || !path.startsWith('$') || path.length < 2) {
    throw new StoreError(28818, 'path option to $unwind stage should be prefixed with a $');
  }
  if (indexField !== undefined && (typeof indexField !== 'string' || /^\$|^$/.test(indexField))) {
    throw new StoreError(28810, 'includeArrayIndex of $unwind must be a field name');
  }
  const parts = path.slice(1).split('.');
  const indexParts = indexField?.split('.');
  const preserve = getField(spec, 'preserveNullAndEmptyArrays') === true;
  const one = (doc: Doc, value: unknown, index: unknown): Doc => {
    const draft = new Draft(doc);
    if (value === undefined) draft.remove(parts);
    else draft.write(parts, value);
    if (indexParts) draft.write(indexParts, index);
    return draft.root;
  };
  return (docs) =>
    docs.flatMap((doc) => {
      const value = through(doc, parts);
      if (Array.isArray(value) && value.length > 0) {
        return value.map((element, i) => one(doc, element, Long.fromNumber(i)));
      }
      const isEmpty = value === undefined || value === null || Array.isArray(value);
      if (isEmpty && !preserve) return [];
      return [one(doc, Array.isArray(value) ? undefined : value, null)];
    });
}

/** Through documents only: a path that crosses an array leads nowhere. */
function through(doc: Doc, parts: readonly string[]): unknown {
  let value: unknown = doc;
  for (const part of parts) value = isDocument(value) ? getField(value, part) : undefined;
  return value;
}
