import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { dkimName, keys, openSetting, type Setting } from './doctor-setting.ts';

describe('the mail doctor, of what is published', function () {
  this.timeout(20_000);
  let setting: Setting;
  beforeEach(async () => {
    setting = await openSetting();
  });
  afterEach(() => setting.close());

  /** The findings that are not fine, of one subject. */
  const faults = async (about: string, changes: Parameters<Setting['examine']>[0] = {}) =>
    (await setting.examine(changes)).filter(
      (line) => !line.startsWith('ok') && line.slice(6).startsWith(about),
    );
  const spf = (...records: string[]) => {
    setting.zone['arrow.test'] = { txt: records, mx: ['mx.arrow.test'] };
    return faults('SPF');
  };
  const dkim = (...records: string[]) => {
    setting.zone[dkimName] = { txt: records };
    return faults('DKIM');
  };
  const dmarc = (...records: string[]) => {
    setting.zone['_dmarc.arrow.test'] = { txt: records };
    return faults('DMARC');
  };
  const expectOne = (found: readonly string[], level: string, ...parts: string[]) => {
    expect(found, parts[0]).to.have.length(1);
    expect(found[0]).to.match(new RegExp(`^${level} `));
    for (const part of parts) expect(found[0]).to.include(part);
  };
  const good = `v=DKIM1; k=rsa; p=${keys.ours.wrapped}`;

  it('finds nothing wrong with a domain that is in order, and asks its name server only', async () => {
    const lines = await setting.examine();
    expect(lines.filter((line) => !line.startsWith('ok'))).to.deep.equal([]);
    expect(lines.map((line) => line.slice(6, 14).trim())).to.include.members([
      'SPF',
      'DKIM',
      'DMARC',
      'MX',
      'SMTP',
      'Web',
      'Replies',
    ]);
    expect(setting.dns.asked).to.include('TXT arrow.test').and.include(`TXT ${dkimName}`);
  });

  it('names each fault of SPF with its remedy', async () => {
    expectOne(await spf('other'), 'fail', 'Add this record', 'arrow.test. TXT "v=spf1 ip4:127.0.0.1 ~all"');
    expectOne(await spf('v=spf1 -all', 'v=spf1 a -all'), 'fail', 'has 2 SPF records', 'Keep one');
    expectOne(await spf('v=spf1 ip4:127.0.0.1 +all'), 'fail', '+all', '~all or -all');
    expectOne(await spf('v=spf1 ip4:127.0.0.1 all'), 'fail', '+all');
    expectOne(await spf('v=spf1 ip4:192.0.2.1 -all'), 'warn', 'does not name', 'add ip4:127.0.0.1 before');
    expectOne(await spf('v=spf1 ip4:300.1.1.1 ip4:127.0.0.1 -all'), 'fail', 'ip4:300.1.1.1', 'no address');
    expectOne(await spf('v=spf1 ipv4:127.0.0.1 -all'), 'fail', 'ipv4:127.0.0.1', 'nothing that SPF knows');
    expectOne(await spf('v=spf1 include:nowhere.test -all'), 'fail', 'nowhere.test', 'no SPF record');
    expect(await spf('v=spf1 a:mail.arrow.test -all')).to.deep.equal([]);
    expect(await spf('V=SPF1 mx ~all')).to.have.length(1);
    setting.zone['_spf.provider.test'] = { txt: ['v=spf1 ip4:127.0.0.1/32 ?all'] };
    expect(await spf('v=spf1 include:_spf.provider.test -all')).to.deep.equal([]);
    expect(await spf('v=spf1 redirect=_spf.provider.test')).to.deep.equal([]);
  });

  it('counts look-ups, and follows no circle', async () => {
    setting.zone['loop.test'] = { txt: ['v=spf1 include:loop.test ?all'] };
    expectOne(await spf('v=spf1 include:loop.test -all'), 'fail', 'more than 10 look-ups');
    const asked = setting.dns.asked.filter((question) => question === 'TXT loop.test');
    expect(asked.length).to.be.lessThan(12);
    const ten = Array.from({ length: 10 }, () => 'a:mail.arrow.test').join(' ');
    expect(await spf(`v=spf1 ${ten} -all`)).to.deep.equal([]);
    expectOne(await spf(`v=spf1 ${ten} a:mail.arrow.test -all`), 'fail', 'more than 10');
  });

  it('names each fault of DKIM, with the record to publish', async () => {
    const toPublish = `${dkimName}. TXT "v=DKIM1; k=rsa; p=${keys.ours.wrapped.slice(0, 100)}`;
    setting.zone[dkimName] = {};
    expectOne(await faults('DKIM'), 'fail', 'There is no key', 'Add this record', toPublish);
    const record = /TXT (.*)$/.exec((await faults('DKIM'))[0] ?? '')?.[1] ?? '';
    const strings = [...record.matchAll(/"([^"]*)"/g)].map(([, part = '']) => part);
    expect(Math.max(...strings.map(({ length }) => length))).to.be.at.most(255);
    expect(await dkim(strings.join('')), 'what it says to publish is what it wants').to.deep.equal([]);
    expectOne(
      await dkim(`v=DKIM1; p=${keys.others.wrapped}`),
      'fail',
      'not the one that signs here',
      toPublish,
    );
    expectOne(await dkim('v=DKIM1; p='), 'fail', 'was withdrawn');
    expectOne(await dkim(good, good), 'fail', '2 records');
    expectOne(await dkim('hello'), 'fail', 'no DKIM record');
    expectOne(await dkim(`${good}; p=${keys.others.wrapped}`), 'fail', 'no DKIM record');
    expectOne(await dkim(good.replace('k=rsa', 'k=ed25519')), 'fail', 'another kind');
    expectOne(await dkim(`${good}; h=sha1`), 'fail', 'sha256');
    expectOne(await dkim(`${good}; s=web`), 'fail', 'does not allow email');
    expectOne(await dkim(`${good}; t=y:s`), 'warn', 'a test');
    expect(await dkim(`p=${keys.ours.bare.replace(/(.{60})/g, '$1 ')}`), 'bare and spaced').to.deep.equal([]);
  });

  it('looks at our own key too', async () => {
    expectOne(
      await faults('DKIM', { dkim: null }),
      'warn',
      'unsigned',
      'openssl genrsa',
      'DKIM_DOMAIN=arrow.test',
    );
    writeFileSync(setting.keyFile, 'nothing');
    expectOne(await faults('DKIM'), 'fail', 'no RSA private key');
    writeFileSync(setting.keyFile, keys.short.pem);
    setting.zone[dkimName] = { txt: [`v=DKIM1; p=${keys.short.wrapped}`] };
    expectOne(await faults('DKIM'), 'warn', '1024 bits', 'openssl genrsa');
  });

  it('names each fault of DMARC with its remedy', async () => {
    const toAdd = '_dmarc.arrow.test. TXT "v=DMARC1; p=none; rua=mailto:postmaster@arrow.test"';
    expectOne(await dmarc('else'), 'fail', 'no DMARC record', toAdd);
    expectOne(await dmarc('v=DMARC1; p=none'), 'warn', 'only watches', 'p=quarantine');
    expectOne(await dmarc('v=DMARC1; rua=mailto:x@arrow.test'), 'fail', 'no policy', toAdd);
    expectOne(await dmarc('v=DMARC1; p=block'), 'fail', 'no policy');
    expectOne(await dmarc('v=DMARC1; p=none', 'v=DMARC1; p=reject'), 'fail', '2 records');
    const key = { selector: 'plenary', keyFile: setting.keyFile };
    setting.zone['_dmarc.arrow.test'] = { txt: ['v=DMARC1; p=reject; adkim=s'] };
    const foreign = { ...key, domain: 'provider.test' };
    expectOne(
      await faults('DMARC', { dkim: foreign }),
      'fail',
      'signed by provider.test',
      'DKIM_DOMAIN=arrow.test',
    );
    const below = { ...key, domain: 'news.arrow.test' };
    expectOne(await faults('DMARC', { dkim: below }), 'fail', 'signed by news.arrow.test');
    setting.zone['_dmarc.arrow.test'] = { txt: ['v=DMARC1; p=reject'] };
    expect(await faults('DMARC', { dkim: below })).to.deep.equal([]);
  });

  it('takes the policy of the domain above when there is none of its own', async () => {
    const mailFrom = 'events@news.arrow.test';
    const asked = async (record: string) => {
      setting.zone['_dmarc.arrow.test'] = { txt: [record] };
      return faults('DMARC', { mailFrom });
    };
    expect(await asked('v=DMARC1; p=reject')).to.deep.equal([]);
    expectOne(await asked('v=DMARC1; p=reject; sp=none'), 'warn', 'only watches');
    setting.zone['_dmarc.news.arrow.test'] = { txt: ['v=DMARC1; p=none'] };
    expectOne(await asked('v=DMARC1; p=reject'), 'warn', '_dmarc.news.arrow.test');
  });

  it('says when nobody takes the answers', async () => {
    const mx = (...hosts: string[]) => {
      setting.zone['arrow.test'] = { txt: ['v=spf1 ip4:127.0.0.1 -all'], mx: hosts };
      return faults('MX');
    };
    expectOne(await mx(), 'fail', 'takes no mail', 'arrow.test. MX 10 mail.arrow.test.');
    expectOne(await mx('.'), 'fail', 'no mail at all');
    expectOne(await mx('gone.arrow.test'), 'fail', 'gone.arrow.test', 'no address');
    expect(await mx('gone.arrow.test', 'mx.arrow.test')).to.deep.equal([]);
  });

  it('takes hostile records for text: nothing of them reaches the terminal raw, and none is followed without end', async () => {
    const hostile = [
      'v=spf1 \u001b[31mred\u0007 \r\nok    SPF all is well',
      `v=spf1 ${'include:loop.test '.repeat(500)}`,
      `v=spf1 ${'x'.repeat(4_000)}`,
      'v=spf1 ip4:/ ip6::::/999 a: mx:/ include: redirect= exists:%{i}.%{d} ptr \u202egnp',
    ];
    for (const record of hostile) {
      const [line = ''] = await spf(record);
      expect(line).to.match(/^fail /);
      expect(line.replaceAll('\n', '')).to.not.match(/[\u0000-\u001f\u007f\u202e]/);
      expect(line.split('\n').filter((one) => one.startsWith('ok'))).to.deep.equal([]);
      expect(Math.max(...line.split('\n').map(({ length }) => length))).to.be.lessThan(400);
    }
    for (const record of [';;;===', 'v=DKIM1; p=!!!!', `v=DKIM1; p=${'A'.repeat(5_000)}`, '__proto__=1; p=x'])
      expectOne(await dkim(record), 'fail', 'Make it this record');
    for (const record of ['v=DMARC1; p=none; p=reject', 'v=DMARC1;;;\u0000', 'v=DMARC1 p=none'])
      expectOne(await dmarc(record), 'fail', 'no policy');
  });

  it('does not wait for a name server that is silent, and does not call it fine', async () => {
    setting.zone['arrow.test'] = { silent: true };
    setting.zone[dkimName] = { silent: true };
    setting.zone['_dmarc.arrow.test'] = { silent: true };
    setting.zone['mail.arrow.test'] = { silent: true };
    const startedAt = performance.now();
    const lines = await setting.examine();
    expect(performance.now() - startedAt).to.be.lessThan(6_000);
    for (const about of ['SPF', 'DKIM', 'DMARC', 'MX', 'SMTP'])
      expect(
        lines.some((line) => line.startsWith(`fail  ${about}`) && line.includes('no answer')),
        about,
      ).to.equal(true);
  });
});
