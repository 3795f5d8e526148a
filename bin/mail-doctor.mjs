// `npm run mail:doctor`: checks SPF, DKIM, DMARC, MX and the mail server, and says what to change.
import { ensureBuilt, ensureInstalled } from './prepare.mjs';

await ensureInstalled();
await ensureBuilt();
await import('../dist/mail-doctor.js');
