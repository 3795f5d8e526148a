// `npm run data:export -- FILE` and `npm run data:import -- FILE [--replace]`: the whole database to and from a file.
import { ensureBuilt, ensureInstalled } from './prepare.mjs';

await ensureInstalled();
await ensureBuilt();
await import('../dist/data.js');
