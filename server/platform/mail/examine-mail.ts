import { isIP } from 'node:net';
import type { Config } from '../../config.ts';
import { examineDkim } from './doctor-dkim.ts';
import { examineDmarc } from './doctor-dmarc.ts';
import type { Lookups } from './doctor-dns.ts';
import { finding, type Finding } from './doctor-finding.ts';
import { examineMx } from './doctor-mx.ts';
import { examineSmtp, type SmtpTarget } from './doctor-smtp.ts';
import { examineSpf, unreachable } from './doctor-spf.ts';

type Examined = Pick<Config, 'mailFrom' | 'smtpUrl' | 'dkim' | 'publicUrl' | 'inbound'>;

/** Everything that decides whether mail arrives, each with what to change. Sends nothing. */
export async function examineMail(
  config: Examined,
  dns: Lookups,
  smtp: Pick<SmtpTarget, 'ca' | 'timeoutMs'> = {},
): Promise<Finding[]> {
  const domain = config.mailFrom.slice(config.mailFrom.lastIndexOf('@') + 1).toLowerCase();
  const server = await findServer(config.smtpUrl, dns);
  const [spf, dkim, dmarc, mx, mailServer] = await Promise.all([
    examineSpf(domain, server.addresses, dns),
    examineDkim(config.dkim, domain, dns),
    examineDmarc(domain, config.dkim?.domain.toLowerCase() ?? null, dns),
    examineMx(domain, dns),
    server.problem ??
      examineSmtp({ smtpUrl: config.smtpUrl ?? '', address: server.addresses[0] ?? '', ...smtp }),
  ]);
  return [...spf, ...dkim, ...dmarc, ...mx, ...mailServer, examineWeb(config), examineInbound(config)];
}

async function findServer(
  smtpUrl: string | null,
  dns: Lookups,
): Promise<{ addresses: readonly string[]; problem: Finding[] | null }> {
  if (smtpUrl === null)
    return {
      addresses: [],
      problem: [
        finding(
          'fail',
          'SMTP',
          'No mail leaves: it is kept and shown at /dev/mailbox',
          'Set SMTP_URL, for example smtps://user:password@smtp.example.org',
        ),
      ],
    };
  const host = new URL(smtpUrl).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) return { addresses: [host], problem: null };
  const found = await dns.addresses(host);
  switch (found.kind) {
    case 'found':
      return { addresses: found.records, problem: null };
    case 'none':
      return {
        addresses: [],
        problem: [finding('fail', 'SMTP', `${host} has no address`, 'Correct the host in SMTP_URL.')],
      };
    case 'unknown':
      return { addresses: [], problem: [unreachable('SMTP', host, found.code)] };
  }
}

/** Mail programs unsubscribe over https only (RFC 8058, 3.1). */
function examineWeb({ publicUrl }: Pick<Config, 'publicUrl'>): Finding {
  if (publicUrl.startsWith('https:'))
    return finding('ok', 'Web', `Links and one-click unsubscribing lead to ${publicUrl}`);
  return finding(
    'fail',
    'Web',
    `${publicUrl} is no https address, so one-click unsubscribing does not work`,
    'Set PUBLIC_URL to the https address of the site.',
  );
}

function examineInbound({ inbound }: Pick<Config, 'inbound'>): Finding {
  if (inbound) return finding('ok', 'Replies', 'Bounces, complaints and answers to invites are read');
  return finding(
    'warn',
    'Replies',
    'Nobody reads bounces, complaints and answers to invites',
    'Set INBOUND_IMAP_URL or INBOUND_SECRET, and INBOUND_AUTHSERV_ID.',
  );
}
