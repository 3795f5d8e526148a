import { expect } from 'chai';
import { isAuthenticated } from '../../server/inbound-mail/authentication.rules.ts';
import { parseReceivedMail } from '../../server/platform/mail/parse-received-mail.ts';

async function isVouchedFor(
  result: string,
  { from = 'ada@example.org', server = 'MX.Plenary.example' } = {},
) {
  const mail = await parseReceivedMail(Buffer.from(`${result}\r\nFrom: ${from}\r\n\r\nHello`));
  return isAuthenticated(mail!, server);
}
const ours = (entries: string) => `Authentication-Results: mx.plenary.example; ${entries}`;

describe('the sender of a mail', () => {
  it('is vouched for by DMARC, or by DKIM or SPF for its domain or one above it', async () => {
    const good = [
      'dmarc=pass header.from=example.org',
      'dmarc=PASS (p=reject dis=none) header.from=EXAMPLE.ORG',
      'spf=fail smtp.mailfrom=x@evil.example; dkim=pass header.d=example.org',
      'dkim=pass header.i=@example.org',
      'dkim = pass header.d = example.org',
      'dkim/1=pass reason="a; b" header.d="example.org"',
      'spf=pass smtp.mailfrom=bounce@example.org',
      'dkim=fail header.d=example.org; dkim=pass header.d=example.org',
    ];
    for (const entry of good) expect(await isVouchedFor(ours(entry)), entry).to.equal(true);
    expect(
      await isVouchedFor(ours('dkim=pass header.d=example.org'), { from: 'ada@staff.example.org' }),
    ).to.equal(true);
    expect(
      await isVouchedFor(
        'authentication-results:\r\n mx.plenary.example 1;\r\n\tdmarc=pass header.from=example.org',
      ),
    ).to.equal(true);
    expect(
      await isVouchedFor(ours('dkim=pass header.d=xn--bcher-kva.example'), { from: 'ada@bücher.example' }),
    ).to.equal(true);
  });

  it('is not vouched for by anything else', async () => {
    const bad = [
      'none',
      'dmarc=pass',
      'dmarc=pass header.from=example.org.evil.example',
      'dmarc=fail header.from=example.org',
      'dmarc=passed header.from=example.org',
      'x-dmarc=pass header.from=example.org',
      'dkim=pass header.d=org',
      'dkim=pass header.d=staff.example.org',
      'dkim=pass header.d=notexample.org',
      'dkim=pass header.d=evil.example header.from=example.org',
      'dkim=pass header.d=evil.example (dmarc=pass header.from=example.org)',
      'spf=fail smtp.mailfrom="x; dmarc=pass header.from=example.org"@evil.example',
      'spf=pass smtp.helo=example.org',
      'spf=pass smtp.mailfrom=example.org@evil.example',
      'arc=pass header.d=example.org',
      `${'('.repeat(3_000)} dmarc=pass header.from=example.org`,
      `${' '.repeat(5_000)}dmarc=pass header.from=example.org`,
    ];
    for (const entry of bad) expect(await isVouchedFor(ours(entry)), entry).to.equal(false);
    const elsewhere = 'Authentication-Results: mx.plenary.example.evil; dmarc=pass header.from=example.org';
    expect(await isVouchedFor(elsewhere)).to.equal(false);
    expect(
      await isVouchedFor('X-Authentication-Results: mx.plenary.example; dmarc=pass header.from=example.org'),
    ).to.equal(false);
    expect(await isVouchedFor('Subject: none')).to.equal(false);
    expect(await isVouchedFor(ours('dmarc=pass header.from=example.org'), { server: '' })).to.equal(false);
  });
});
