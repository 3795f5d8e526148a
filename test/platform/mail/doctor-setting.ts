import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Config } from '../../../server/config.ts';
import { openLookups } from '../../../server/platform/mail/doctor-dns.ts';
import { printFinding } from '../../../server/platform/mail/doctor-finding.ts';
import { examineMail } from '../../../server/platform/mail/examine-mail.ts';
import { openDnsServer, type Zone } from '../../support/dns-server.ts';
import { testCertificate, testKey } from '../../support/test-certificates.ts';

const pair = (modulusLength: number) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  return {
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    wrapped: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    bare: publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
  };
};
export const keys = { ours: pair(2048), others: pair(2048), short: pair(1024) };
export const dkimName = 'plenary._domainkey.arrow.test';

/** A domain whose mail arrives: a name server, a mail server with TLS and a password, and a key. */
export async function openSetting(server: SMTPServerOptions = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'plenary-doctor-'));
  const keyFile = join(directory, 'dkim.pem');
  writeFileSync(keyFile, keys.ours.pem);
  const certificateFile = join(directory, 'certificate.pem');
  writeFileSync(certificateFile, testCertificate);
  const zone: Zone = {
    'arrow.test': { txt: ['v=spf1 ip4:127.0.0.0/8 -all', 'unrelated=1'], mx: ['mx.arrow.test'] },
    'mx.arrow.test': { a: ['127.0.0.2'] },
    'mail.arrow.test': { a: ['127.0.0.1'] },
    [dkimName]: { txt: [`v=DKIM1; k=rsa; p=${keys.ours.wrapped}`] },
    '_dmarc.arrow.test': { txt: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@arrow.test'] },
  };
  const dns = await openDnsServer(zone);
  const smtp = new SMTPServer({
    logger: false,
    key: testKey,
    cert: testCertificate,
    size: 10_000_000,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth({ username, password }, _session, callback) {
      if (username === 'plenary' && password === 'p@ss') callback(null, { user: 'plenary' });
      else callback(new Error('No'));
    },
    ...server,
  });
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const address = smtp.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const config: Pick<Config, 'mailFrom' | 'smtpUrl' | 'dkim' | 'publicUrl' | 'inbound'> = {
    mailFrom: 'Events@arrow.test',
    smtpUrl: `${server.secure ? 'smtps' : 'smtp'}://plenary:p%40ss@mail.arrow.test:${port}`,
    dkim: { domain: 'arrow.test', selector: 'plenary', keyFile },
    publicUrl: 'https://events.arrow.test',
    inbound: { imapUrl: 'imaps://u:p@imap.arrow.test', secret: null, authservId: 'mx.arrow.test' },
  };
  return {
    zone,
    dns,
    port,
    keyFile,
    certificateFile,
    config,
    /** What the doctor prints, a finding each, with the level in front. */
    examine: async (
      changes: Partial<typeof config> = {},
      options: { ca?: string; timeoutMs?: number } = {},
    ) => {
      const lookups = openLookups({ servers: [dns.address], timeoutMs: 150 });
      const tls = { ca: testCertificate, timeoutMs: 1_000, ...options };
      const findings = await examineMail({ ...config, ...changes }, lookups, tls);
      return findings.map(printFinding);
    },
    close: async () => {
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
      await dns.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type Setting = Awaited<ReturnType<typeof openSetting>>;
