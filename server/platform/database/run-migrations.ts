import { model, Schema } from 'mongoose';
import { modelOptions } from './model-options.ts';
import { withLease } from './lease.ts';

/** One change of stored data, run once before the product is ready. `id` is its file name without `.ts`. */
export interface Migration {
  readonly id: string;
  run(): Promise<void>;
}

const migrationRunSchema = new Schema(
  { _id: { type: String, required: true }, finishedAt: { type: Date, required: true } },
  { ...modelOptions, collection: 'migration-runs' },
);
const MigrationRunModel = model('MigrationRun', migrationRunSchema);

/**
 * Runs what has not run yet, in order, one process at a time. A migration that dies in the middle runs again,
 * so each must bear that.
 */
export async function runMigrations(migrations: readonly Migration[], now: () => Date): Promise<string[]> {
  return withLease('migrations', now, async () => {
    const finished = new Set((await MigrationRunModel.find().lean()).map(({ _id }) => _id));
    const ran: string[] = [];
    for (const migration of migrations) {
      if (finished.has(migration.id)) continue;
      await migration.run();
      await MigrationRunModel.create([{ _id: migration.id, finishedAt: now() }]);
      ran.push(migration.id);
    }
    return ran;
  });
}
