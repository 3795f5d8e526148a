import { parseArgs } from 'node:util';
import { loadConfig } from './config.ts';
import { openLookups } from './platform/mail/doctor-dns.ts';
import { printFinding } from './platform/mail/doctor-finding.ts';
import { examineMail } from './platform/mail/examine-mail.ts';

/** `npm run mail:doctor [-- --dns ADDRESS]`: what stands between our mail and its readers. Sends nothing. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { dns: { type: 'string', multiple: true } } });
  const dns = openLookups(values.dns ? { servers: values.dns } : {});
  const findings = await examineMail(loadConfig(), dns);
  console.log(findings.map(printFinding).join('\n'));
  const count = (level: string) => findings.filter((one) => one.level === level).length;
  console.log(`\n${count('ok')} fine, ${count('warn')} to look at, ${count('fail')} to mend`);
  if (count('fail') > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
