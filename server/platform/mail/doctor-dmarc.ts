import type { Lookups } from './doctor-dns.ts';
import { readTags } from './doctor-dkim.ts';
import { finding, quoted, txtRecord, type Finding } from './doctor-finding.ts';
import { unreachable } from './doctor-spf.ts';

/** What receivers shall do with mail that only says it is yours, and whether ours would pass. */
export async function examineDmarc(
  mailDomain: string,
  dkimDomain: string | null,
  dns: Lookups,
): Promise<Finding[]> {
  const parent = mailDomain.split('.').slice(1).join('.');
  const toPublish = (domain: string) =>
    txtRecord(`_dmarc.${domain}`, `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`);
  for (const domain of parent.includes('.') ? [mailDomain, parent] : [mailDomain]) {
    const answer = await dns.txt(`_dmarc.${domain}`);
    if (answer.kind === 'unknown') return [unreachable('DMARC', `_dmarc.${domain}`, answer.code)];
    const records =
      answer.kind === 'found' ? answer.records.filter((text) => /^v\s*=\s*DMARC1\b/i.test(text)) : [];
    const [record] = records;
    if (record === undefined) continue;
    const fail = (text: string) => [
      finding('fail', 'DMARC', text, 'Make it this record:', toPublish(domain)),
    ];
    if (records.length > 1)
      return fail(`There are ${records.length} records at _dmarc.${domain}; receivers then count none`);
    const tags = readTags(record);
    const policy = ((domain === mailDomain ? null : tags?.get('sp')) ?? tags?.get('p') ?? '').toLowerCase();
    if (!tags || !['none', 'quarantine', 'reject'].includes(policy))
      return fail(`The record at _dmarc.${domain} has no policy (p=): ${quoted(record)}`);
    return [policyFinding(policy, domain), ...alignment(mailDomain, dkimDomain, tags.get('adkim') === 's')];
  }
  return [
    finding(
      'fail',
      'DMARC',
      `${mailDomain} has no DMARC record, which Gmail, Yahoo and Outlook ask for`,
      'Add this record:',
      toPublish(mailDomain),
    ),
  ];
}

function policyFinding(policy: string, domain: string): Finding {
  if (policy !== 'none') return finding('ok', 'DMARC', `_dmarc.${domain} asks for p=${policy}`);
  return finding(
    'warn',
    'DMARC',
    `_dmarc.${domain} only watches (p=none): anybody can still write in your name`,
    'Once the reports show that all your mail passes, change p=none to p=quarantine, later to p=reject.',
  );
}

/** The signature counts for DMARC only under the domain that readers see (RFC 7489, 3.1.1). */
function alignment(mailDomain: string, dkimDomain: string | null, isStrict: boolean): Finding[] {
  if (dkimDomain === null || dkimDomain === mailDomain) return [];
  const isRelated = mailDomain.endsWith(`.${dkimDomain}`) || dkimDomain.endsWith(`.${mailDomain}`);
  if (isRelated && !isStrict) return [];
  return [
    finding(
      'fail',
      'DMARC',
      `Mail comes from ${mailDomain} but is signed by ${dkimDomain}, which does not count for it`,
      `Set DKIM_DOMAIN=${mailDomain} and publish the key there.`,
    ),
  ];
}
