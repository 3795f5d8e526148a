import { BSON } from 'bson';
import type { Doc } from './values/bson-types.ts';

/**
 * Decodes BSON without promoting anything: Int32, Long, Double, Binary and regular expressions stay what they are,
 * so a document can be encoded again without a changed type.
 * @param rawFields names of array fields whose documents stay bytes
 */
export function decodeDocument(bytes: Uint8Array, rawFields?: Record<string, boolean>): Doc {
  return BSON.deserialize(bytes, {
    promoteValues: false,
    bsonRegExp: true,
    ...(rawFields && { fieldsAsRaw: rawFields }),
  });
}

/** Encodes a document; `undefined` fields are left out, as the driver does. */
export function encodeDocument(doc: Doc): Uint8Array {
  return BSON.serialize(doc, { ignoreUndefined: true });
}
