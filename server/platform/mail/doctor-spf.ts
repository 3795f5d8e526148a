import { BlockList, isIP } from 'node:net';
import type { Lookups } from './doctor-dns.ts';
import { finding, quoted, txtRecord, type Finding } from './doctor-finding.ts';

/** More than ten terms that ask the DNS make receivers give up with an error (RFC 7208, 4.6.4). */
const mostLookups = 10;

interface Walk {
  readonly dns: Lookups;
  lookups: number;
  readonly passing: BlockList;
  readonly problems: string[];
  /** Whether everything that is named could be read. */
  isWhole: boolean;
}

/** Who may send for the domain of MAIL_FROM, and whether the mail server is among them. */
export async function examineSpf(
  domain: string,
  serverAddresses: readonly string[],
  dns: Lookups,
): Promise<Finding[]> {
  const answer = await dns.txt(domain);
  if (answer.kind === 'unknown') return [unreachable('SPF', domain, answer.code)];
  const records = answer.kind === 'found' ? answer.records.filter(isSpf) : [];
  const allowed = serverAddresses.map((address) => `${isIP(address) === 6 ? 'ip6' : 'ip4'}:${address}`);
  const suggestion = txtRecord(
    domain,
    ['v=spf1', ...(allowed.length > 0 ? allowed : ['a']), '~all'].join(' '),
  );
  const [record] = records;
  if (record === undefined)
    return [
      finding(
        'fail',
        'SPF',
        `${domain} does not say who may send its mail`,
        'Add this record, or the one that your mail provider names:',
        suggestion,
      ),
    ];
  if (records.length > 1)
    return [
      finding(
        'fail',
        'SPF',
        `${domain} has ${records.length} SPF records; receivers then count none`,
        'Keep one, with all that both name:',
        ...records.slice(0, 5).map(quoted),
      ),
    ];
  const walk: Walk = { dns, lookups: 0, passing: new BlockList(), problems: [], isWhole: true };
  await readRecord(record, domain, walk, true);
  if (walk.lookups > mostLookups)
    walk.problems.push(
      `It takes more than ${mostLookups} look-ups to read, so receivers give up: name addresses (ip4:, ip6:) instead of some include:`,
    );
  if (walk.problems.length > 0)
    return [
      finding('fail', 'SPF', `The record of ${domain} does not work: ${quoted(record)}`, ...walk.problems),
    ];
  const missing = serverAddresses.filter(
    (address) => !walk.passing.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'),
  );
  if (walk.isWhole && serverAddresses.length > 0 && missing.length === serverAddresses.length)
    return [
      finding(
        'warn',
        'SPF',
        `The record of ${domain} does not name the address of your mail server: ${quoted(record)}`,
        `If it sends from ${missing.slice(0, 3).join(', ')}, add ${allowed.slice(0, 3).join(' ')} before "all";`,
        'if it passes mail on from other addresses, add the include: that its provider names.',
      ),
    ];
  return [
    finding('ok', 'SPF', `${domain} names who may send, in ${walk.lookups} of ${mostLookups} look-ups`),
  ];
}

const isSpf = (text: string) => /^v=spf1( |$)/i.test(text);

async function readRecord(record: string, domain: string, walk: Walk, isOwn: boolean): Promise<void> {
  const terms = record.split(/ +/).slice(1).filter(Boolean);
  const hasAll = terms.some((term) => /^[+?~-]?all$/i.test(term));
  for (const term of terms) {
    if (walk.lookups > mostLookups) return;
    const [, sign = '', name = '', value = ''] =
      /^([+?~-]?)([a-z][a-z0-9_.-]*)(?:[:=/](.*))?$/i.exec(term) ?? [];
    const target = value === '' || term.includes(`${name}/`) ? domain : (value.split('/')[0] ?? domain);
    switch (name.toLowerCase()) {
      case 'all':
        if (isOwn && (sign === '' || sign === '+'))
          walk.problems.push('It lets everybody send as you (+all): end it with ~all or -all');
        break;
      case 'ip4':
      case 'ip6':
        if (!allow(value, sign, walk.passing))
          walk.problems.push(`${quoted(term)} names no address: correct it`);
        break;
      case 'a':
        walk.lookups += 1;
        await allowHost(target, sign, walk);
        break;
      case 'mx': {
        walk.lookups += 1;
        const found = await walk.dns.mx(target);
        for (const host of found.kind === 'found' ? found.records.slice(0, 10) : [])
          await allowHost(host, sign, walk);
        break;
      }
      case 'include':
        await follow(target, walk);
        break;
      case 'redirect':
        if (!hasAll) await follow(target, walk);
        break;
      case 'exists':
      case 'ptr':
        walk.lookups += 1;
        walk.isWhole = false;
        break;
      case 'exp':
        break;
      default:
        if (!term.includes('=')) walk.problems.push(`${quoted(term)} is nothing that SPF knows: remove it`);
    }
  }
}

async function follow(target: string, walk: Walk): Promise<void> {
  walk.lookups += 1;
  if (walk.lookups > mostLookups) return;
  // Macros stand for the sender of one mail, so there is nothing to look up here.
  if (target.includes('%')) {
    walk.isWhole = false;
    return;
  }
  const answer = await walk.dns.txt(target);
  if (answer.kind === 'unknown') {
    walk.isWhole = false;
    return;
  }
  const record = answer.kind === 'found' ? answer.records.find(isSpf) : undefined;
  if (record === undefined)
    walk.problems.push(`It includes ${quoted(target)}, which has no SPF record: remove that`);
  else await readRecord(record, target, walk, false);
}

async function allowHost(host: string, sign: string, walk: Walk): Promise<void> {
  const found = await walk.dns.addresses(host);
  for (const address of found.kind === 'found' ? found.records : []) allow(address, sign, walk.passing);
}

/** `false` for what is no address. */
function allow(value: string, sign: string, passing: BlockList): boolean {
  const [address = '', prefix] = value.split('/');
  const family = isIP(address);
  const bits = family === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (family === 0 || !Number.isInteger(length) || length < 0 || length > bits) return false;
  if (sign === '' || sign === '+') passing.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
  return true;
}

/** Nothing is known, which is no fault of the domain; it is not fine either. */
export const unreachable = (about: Finding['about'], name: string, code: string): Finding =>
  finding(
    'fail',
    about,
    `The name servers gave no answer about ${name} (${code})`,
    'Try again, or name another server with --dns ADDRESS.',
  );
