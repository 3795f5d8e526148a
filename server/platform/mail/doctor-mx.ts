import type { Lookups } from './doctor-dns.ts';
import { finding, quoted, type Finding } from './doctor-finding.ts';
import { unreachable } from './doctor-spf.ts';

/** Where answers and bounces to MAIL_FROM go. */
export async function examineMx(domain: string, dns: Lookups): Promise<Finding[]> {
  const answer = await dns.mx(domain);
  const remedy = [
    `Add a record of the server that takes mail for ${domain}, for example:`,
    `${domain}. MX 10 mail.${domain}.`,
  ];
  if (answer.kind === 'unknown') return [unreachable('MX', domain, answer.code)];
  if (answer.kind === 'none')
    return [finding('fail', 'MX', `${domain} takes no mail, so bounces and answers are lost`, ...remedy)];
  // RFC 7505: a single dot says that no mail is taken.
  if (answer.records.every((host) => host === '' || host === '.'))
    return [finding('fail', 'MX', `${domain} says that it takes no mail at all`, ...remedy)];
  const found = await Promise.all(answer.records.slice(0, 10).map((host) => dns.addresses(host)));
  if (found.every(({ kind }) => kind !== 'found'))
    return [
      finding(
        'fail',
        'MX',
        `Mail for ${domain} goes to ${quoted(answer.records[0] ?? '')}, which has no address`,
        ...remedy,
      ),
    ];
  return [finding('ok', 'MX', `Mail for ${domain} is taken by ${quoted(answer.records[0] ?? '')}`)];
}
