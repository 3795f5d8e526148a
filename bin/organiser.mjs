// `npm run organiser:create -- --name NAME --email ADDRESS`: the operator's way to a new organiser, also while the product runs.
import { ensureBuilt, ensureInstalled } from './prepare.mjs';

await ensureInstalled();
await ensureBuilt();
await import('../dist/operator.js');
