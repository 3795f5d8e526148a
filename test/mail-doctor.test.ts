import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { openSetting } from './platform/mail/doctor-setting.ts';

describe('npm run mail:doctor', function () {
  this.timeout(30_000);

  it('prints a line for each thing, what to change below it, and ends with 1 when something must be mended', async () => {
    const setting = await openSetting({ authOptional: true });
    const run = (env: Record<string, string>) =>
      promisify(execFile)(process.execPath, ['dist/mail-doctor.js', '--dns', setting.dns.address], {
        env: { PATH: process.env.PATH ?? '', MAIL_FROM: 'events@arrow.test', ...env },
      }).then(
        ({ stdout }) => ({ code: 0, stdout }),
        (error: { code: number; stdout: string }) => error,
      );
    const signed = { DKIM_DOMAIN: 'arrow.test', DKIM_KEY_FILE: setting.keyFile };
    const bad = await run({ ...signed, PUBLIC_URL: 'https://events.arrow.test' });
    expect(bad.code).to.equal(1);
    expect(bad.stdout)
      .to.match(/^ok {4}DKIM/m)
      .and.match(/^fail {2}SMTP.*\n {15}Set SMTP_URL/m)
      .and.match(/1 to mend\n$/);
    const fixed = await run({
      ...signed,
      PUBLIC_URL: 'https://events.arrow.test',
      SMTP_URL: `smtp://mail.arrow.test:${setting.port}`,
      // Node's own way to trust a certificate besides the usual ones.
      NODE_EXTRA_CA_CERTS: setting.certificateFile,
    });
    expect(fixed.stdout).to.match(/0 to mend\n$/);
    expect(fixed.code).to.equal(0);
    await setting.close();
  });
});
