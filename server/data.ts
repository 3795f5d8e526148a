import { resolve } from 'node:path';
import { loadConfig } from './config.ts';
import { exportData } from './platform/data-transfer/export-data.ts';
import { importData } from './platform/data-transfer/import-data.ts';
import { openOrJoinDatabase } from './platform/database/open-database.ts';

const refusals = {
  'not-empty': 'The database already holds documents. Add --replace to drop them first.',
  'not-an-export': 'This file is not an export of Plenary.',
  incomplete: 'This file is cut short or damaged; nothing was imported.',
};

/** `npm run data:export -- FILE` and `npm run data:import -- FILE [--replace]`. */
async function main([action, file, ...options]: string[]): Promise<string> {
  if (!file || (action !== 'export' && action !== 'import'))
    throw new Error(`Say which file: npm run data:${action} -- FILE`);
  const database = await openOrJoinDatabase(loadConfig());
  try {
    if (action === 'export') {
      const { collections, documents } = await exportData(database.uri, resolve(file));
      return `Exported ${documents} documents of ${collections} collections to ${file}.`;
    }
    const result = await importData(database.uri, resolve(file), options.includes('--replace'));
    if (!result.ok) throw new Error(refusals[result.reason]);
    return `Imported ${result.documents} documents of ${result.collections} collections from ${file}.`;
  } finally {
    await database.close();
  }
}

main(process.argv.slice(2)).then(
  (said) => console.log(said),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
