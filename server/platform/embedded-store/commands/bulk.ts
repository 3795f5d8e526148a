import { decodeDocument } from '../document-bytes.ts';
import { badValue, StoreError } from '../errors.ts';
import { limits } from '../limits.ts';
import { isDocument, type Doc } from '../values/bson-types.ts';
import type { Call } from './command.ts';

export interface WriteError {
  index: number;
  code: number;
  errmsg: string;
  [detail: string]: unknown;
}

/** Errors of the command rather than of one statement: they end a bulk write at once. */
const endsCommand = new Set([50, 14031]);

/**
 * Runs the statements of a bulk write in order; an ordered one stops at its first error. Errors are reported per
 * statement, as drivers expect.
 */
export function runStatements<T>(
  statements: readonly T[],
  ordered: boolean,
  run: (statement: T, index: number) => void,
): WriteError[] {
  if (statements.length === 0 || statements.length > limits.batchStatements) {
    throw badValue(
      `Write batch sizes must be between 1 and ${limits.batchStatements}. Got ${statements.length} operations.`,
    );
  }
  const errors: WriteError[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof StoreError) || endsCommand.has(error.code)) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (ordered) break;
    }
  }
  return errors;
}

/** The statements of `update` and `delete`, from the body or from a sequence. */
export function readStatements(call: Call, field: string): Doc[] {
  const sequence = call.sequences.get(field);
  if (sequence) return sequence.map((bytes) => decodeDocument(bytes));
  const statements = call.body[field];
  if (!Array.isArray(statements) || !statements.every(isDocument))
    throw badValue(`'${field}' must be an array of objects`);
  return statements;
}

/** `writeErrors` only when there are some: drivers take the field itself as failure. */
export function bulkReply(counts: Doc, errors: WriteError[]): Doc {
  return errors.length > 0 ? { ...counts, writeErrors: errors } : counts;
}
