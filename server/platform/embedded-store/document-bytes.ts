import { BSON } from 'bson';
import { StoreError } from './errors.ts';
import type { Doc } from './values/bson-types.ts';

const decoding = { promoteValues: false, bsonRegExp: true };

/**
 * Decodes BSON without promoting anything: Int32, Long, Double, Binary and regular expressions stay what they are,
 * so a document can be encoded again without a changed type.
 * @throws StoreError 22 for bytes that are not a document
 * @param rawFields names of array fields whose documents stay bytes
 */
export function decodeDocument(bytes: Uint8Array, rawFields?: Record<string, boolean>): Doc {
  try {
    return BSON.deserialize(bytes, rawFields ? { ...decoding, fieldsAsRaw: rawFields } : decoding);
  } catch (error) {
    // Also too deeply nested documents, which exhaust the stack.
    throw new StoreError(22, `invalid BSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

/** Encodes a document; `undefined` fields are left out, as the driver does. */
export function encodeDocument(doc: Doc): Uint8Array {
  return BSON.serialize(doc, { ignoreUndefined: true });
}
