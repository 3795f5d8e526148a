import { isDocument, typeOf } from './bson-types.ts';
import { equalValues } from './compare.ts';
import { exactNumber } from './numbers.ts';

/** Equal in value and type, so that writing one over the other changes no byte. */
export function sameBson(a: unknown, b: unknown): boolean {
  if (a === b) return !Object.is(a, -0) === !Object.is(b, -0);
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if (type === 'double') return Object.is(exactNumber(a), exactNumber(b));
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, i) => sameBson(element, b[i]));
  }
  if (isDocument(a) && isDocument(b)) {
    const names = Object.keys(a);
    const others = Object.keys(b);
    return names.length === others.length && names.every((n, i) => n === others[i] && sameBson(a[n], b[n]));
  }
  return equalValues(a, b);
}
