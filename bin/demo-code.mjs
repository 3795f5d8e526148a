// `npm run demo:code`: prints the code that the demo's organiser is asked for after the link in the mail.
import { ensureInstalled, ensureBuilt } from './prepare.mjs';

await ensureInstalled();
await ensureBuilt();
await import('../dist/demo-code.js');
