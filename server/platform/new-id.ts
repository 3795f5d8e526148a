import { randomUUID } from 'node:crypto';

/** A new document id: a version 4 UUID, so that an id in a URL cannot be guessed from another. */
export const newId = (): string => randomUUID();
