import { EJSON } from 'bson';
import { decodeDocument, encodeDocument } from '../../../server/platform/embedded-store/document-bytes.ts';
import { StoreError } from '../../../server/platform/embedded-store/errors.ts';
import type { Doc } from '../../../server/platform/embedded-store/values/bson-types.ts';

/** A document as the store reads it: through BSON, with nothing promoted. */
export function stored(doc: object): Doc {
  return decodeDocument(encodeDocument(doc as Doc));
}

/** A value with its BSON types and its field order, for comparing in tests. */
export function canonical(value: unknown): string {
  return EJSON.stringify({ value: stored({ value }).value }, { relaxed: false });
}

/** The code of the StoreError a function throws; fails when it throws nothing or something else. */
export function codeOf(run: () => unknown): number {
  try {
    run();
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
  throw new Error('Nothing was thrown');
}

/** The text of the StoreError a function throws. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
  throw new Error('Nothing was thrown');
}
