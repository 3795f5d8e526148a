import { notImplemented } from '../errors.ts';

/** A document as `bson.deserialize` gives it. */
export type Doc = Record<string, unknown>;

/** Names and numbers of the BSON types as `$type` takes them (bsonspec.org). */
export const TYPE_NUMBERS = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
} as const;

export type BsonType = keyof typeof TYPE_NUMBERS;

const TYPES_BY_TAG = new Map<string, BsonType>([
  ['Int32', 'int'],
  ['Double', 'double'],
  ['Long', 'long'],
  ['ObjectId', 'objectId'],
  ['Binary', 'binData'],
  ['Timestamp', 'timestamp'],
  ['BSONRegExp', 'regex'],
  ['MinKey', 'minKey'],
  ['MaxKey', 'maxKey'],
  ['Decimal128', 'decimal'],
  ['BSONSymbol', 'symbol'],
  ['DBRef', 'object'],
]);

/** The BSON type of a stored or a plain JavaScript value; `undefined` stands for a missing field. */
export function typeOf(value: unknown): BsonType {
  if (typeof value === 'string') return 'string';
  if (value === null) return 'null';
  if (typeof value === 'object') return typeOfObject(value);
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'boolean') return 'bool';
  if (value === undefined) return 'undefined';
  if (typeof value === 'bigint') return 'long';
  throw notImplemented(`A value of type ${typeof value}`);
}

function typeOfObject(value: object): BsonType {
  // A stored document may have a field named `_bsontype`; only the prototype tells a BSON class.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return 'object';
  const tag = (value as { _bsontype?: unknown })._bsontype;
  if (typeof tag === 'string') {
    const type = TYPES_BY_TAG.get(tag);
    if (type) return type;
    if (tag === 'Code') return (value as { scope?: unknown }).scope ? 'javascriptWithScope' : 'javascript';
  }
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  if (value instanceof Uint8Array) return 'binData';
  return 'object';
}

function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

/** Whether a value is an embedded document, i.e. has fields of its own to walk into. */
export function isDocument(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && typeOfObject(value) === 'object';
}

/** Whether an operand is `{ $operator: … }` rather than a document as a value. */
export function isOperators(operand: unknown): operand is Doc {
  if (!isDocument(operand)) return false;
  for (const key in operand) return key.startsWith('$');
  return false;
}

/** An own field, never one inherited from `Object.prototype` (`constructor`, `__proto__`). */
export function getField(doc: object, name: string): unknown {
  return Object.hasOwn(doc, name) ? (doc as Doc)[name] : undefined;
}

/** Sets an own field; a plain assignment to `__proto__` would replace the prototype instead. */
export function setField(doc: object, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(doc, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    (doc as Doc)[name] = value;
  }
}

/** A copy of a document with this `_id`, as its first field. */
export function withIdFirst(doc: Doc, id: unknown): Doc {
  // The spread overwrites the value and keeps the place.
  const copy: Doc = { _id: id, ...doc };
  copy._id = id;
  return copy;
}
