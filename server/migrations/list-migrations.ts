import type { Migration } from '../platform/database/run-migrations.ts';
import { noteToldEventsOnce } from './0001-note-told-events.ts';
import { fillNewFields } from './0002-fill-new-fields.ts';

/** Every migration, oldest first: `NNNN-<what>.ts` beside this file. */
export const migrations: readonly Migration[] = [noteToldEventsOnce, fillNewFields];
