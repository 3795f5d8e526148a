import type { Doc } from '../values/bson-types.ts';
import { isDocument, typeOf } from '../values/bson-types.ts';
import { badValue, notImplemented, StoreError, typeMismatch } from '../errors.ts';
import { isNumeric, toNumber } from '../values/numbers.ts';
import type { ScanBudget } from '../query/scan.ts';
import type { View, WriteView } from '../storage/tables.ts';
import type { Connection } from '../wire/connection.ts';
import type { Engine } from '../engine.ts';

/** One command being answered. */
export interface Call<V extends View = View> {
  engine: Engine;
  view: V;
  name: string;
  body: Doc;
  db: string;
  sequences: ReadonlyMap<string, Buffer[]>;
  connection: Connection;
  budget: ScanBudget;
  now: Date;
}

/** A reply document (`ok: 1` is added), or one already encoded. */
export type Reply = Doc | Uint8Array;

/** The fields a command understands; any other is refused, because an ignored option gives wrong answers. */
interface CommandShape {
  fields: string;
  inTransaction: boolean;
}

export interface ReadCommand extends CommandShape {
  kind: 'read';
  run(call: Call): Reply;
}

export interface WriteCommand extends CommandShape {
  kind: 'write';
  run(call: Call<WriteView>): Reply;
}

/** Answered at once and outside any transaction. */
export interface ServerCommand extends CommandShape {
  kind: 'server';
  run(call: Call): Reply;
}

export type CommandSpec = ReadCommand | WriteCommand | ServerCommand;

/** The collection a command names in its first field. */
export function collectionName(call: Call): string {
  const name = call.body[call.name];
  if (typeof name !== 'string') throw new StoreError(73, `collection name has invalid type ${typeOf(name)}`);
  return name;
}

export function readDocument(value: unknown, name: string): Doc {
  if (value === undefined || value === null) return {};
  if (!isDocument(value)) throw typeMismatch(`The field '${name}' must be an object`);
  return value;
}

/** A whole number that is not negative, or `undefined` when the field is missing. */
export function readCount(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isNumeric(value)) throw typeMismatch(`The field '${name}' must be a number`);
  const count = toNumber(value);
  if (!Number.isInteger(count) || count < 0)
    throw badValue(`The field '${name}' must be a whole number >= 0`);
  return count;
}

export function readFlag(value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  return isNumeric(value) && toNumber(value) !== 0;
}

/**
 * @throws StoreError 238 for a field outside the list, 40414 for a required one that is missing: a statement without
 * its filter would meet every document.
 */
export function checkFields(
  doc: Doc,
  allowed: readonly string[],
  what: string,
  required: readonly string[] = [],
): void {
  const missing = required.find((name) => doc[name] === undefined);
  if (missing)
    throw new StoreError(40414, `BSON field '${missing}' is missing but a required field (${what})`);
  for (const name of Object.keys(doc)) {
    if (!allowed.includes(name)) throw notImplemented(`${what} ${name}`);
  }
}
