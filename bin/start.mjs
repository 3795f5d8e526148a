// `npm start`: installs what is missing, builds what changed, and runs the product. Needs Node and npm only.
import { ensureInstalled, ensureBuilt } from './prepare.mjs';

await ensureInstalled();
await ensureBuilt();
await import('../dist/start.js');
