import type { Schema } from 'mongoose';
import { afterCommit } from './transaction.ts';

let changes = 0;
const noteChange = () => afterCommit(() => (changes += 1));

/**
 * Schema plugin for what public pages show: each write of this process raises `changesSoFar()`, once it is
 * committed and before whoever wrote is answered. Pages kept from before a change are then never shown after it.
 */
export function countChanges(schema: Schema): void {
  schema.post('save', noteChange);
  schema.post('insertMany', noteChange);
  schema.post(
    [
      'updateOne',
      'updateMany',
      'replaceOne',
      'deleteOne',
      'deleteMany',
      'findOneAndUpdate',
      'findOneAndReplace',
      'findOneAndDelete',
    ],
    { query: true, document: false },
    noteChange,
  );
  schema.post('bulkWrite', noteChange);
}

/** How many committed writes this process has made to what public pages show. */
export const changesSoFar = (): number => changes;
