import { badValue, StoreError } from '../errors.ts';
import { isDocument, setField, typeOf, type Doc } from '../values/bson-types.ts';
import { isArrayIndex, stepInto } from '../values/paths.ts';

/** MongoDB's limit for the nulls that fill an array up to a position that is set. */
const MAX_ARRAY_PADDING = 1_500_000;

/**
 * A document under change. Containers are copied when something in them changes, never the whole document; what
 * is not touched is shared with the original, which stays as it was.
 */
export class Draft {
  root: Doc;
  changed = false;
  private readonly owned = new Set<object>();

  constructor(readonly original: Doc) {
    this.root = original;
  }

  /** The value at a path; `undefined` when missing. */
  read(parts: readonly string[]): unknown {
    let value: unknown = this.root;
    for (const part of parts) value = stepInto(value, part);
    return value;
  }

  /** Sets a value; what is missing on the way is made. The path must be viable. */
  write(parts: readonly string[], value: unknown): void {
    let container: Doc | unknown[] = (this.root = this.own(this.root));
    for (const part of parts.slice(0, -1)) {
      const below: Doc | unknown[] = this.own((stepInto(container, part) as Doc | undefined) ?? {});
      put(container, part, below);
      container = below;
    }
    put(container, parts.at(-1) as string, value);
    this.changed = true;
  }

  /** Removes a field; an array element becomes null, because the others keep their positions. */
  remove(parts: readonly string[]): void {
    const last = parts.at(-1) as string;
    const holder = this.read(parts.slice(0, -1));
    if (stepInto(holder, last) === undefined) return;
    if (Array.isArray(holder)) return this.write(parts, null);
    this.write(parts, undefined);
    delete (this.read(parts.slice(0, -1)) as Doc)[last];
  }

  /** @throws StoreError 28 when a value on the way can hold no such field. */
  assertViable(parts: readonly string[]): void {
    const at = this.blockerOf(parts);
    if (at === undefined) return;
    const holder = `${parts[at - 1]}: ${typeOf(this.read(parts.slice(0, at)))}`;
    throw new StoreError(28, `Cannot create field '${parts[at]}' in element {${holder}}`);
  }

  /** The index of the first part that cannot be reached or made. */
  private blockerOf(parts: readonly string[]): number | undefined {
    let value: unknown = this.root;
    for (const [i, part] of parts.entries()) {
      if (value === undefined) return undefined;
      const holds = Array.isArray(value) ? isArrayIndex(part) : isDocument(value);
      if (!holds) return i;
      value = stepInto(value, part);
    }
    return undefined;
  }

  private own<T extends Doc | unknown[]>(container: T): T {
    if (this.owned.has(container)) return container;
    const copy = (Array.isArray(container) ? [...container] : { ...container }) as T;
    this.owned.add(copy);
    return copy;
  }
}

function put(container: Doc | unknown[], part: string, value: unknown): void {
  if (!Array.isArray(container)) return setField(container, part, value);
  const index = Number(part);
  if (index > container.length + MAX_ARRAY_PADDING) {
    throw badValue(`cannot fill an array of ${container.length} up to position ${index}`);
  }
  while (container.length < index) container.push(null);
  container[index] = value;
}
