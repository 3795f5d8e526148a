import type { Migration } from '../platform/database/run-migrations.ts';

/** Every migration, oldest first. None yet: the first one is `0001-<what>.ts` beside this file. */
export const migrations: readonly Migration[] = [];
