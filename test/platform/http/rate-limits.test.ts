import { expect } from 'chai';
import { AppError } from '../../../server/contracts/problem.ts';
import { createRateLimit, networkOf } from '../../../server/platform/http/rate-limits.ts';

describe('rate limits', () => {
  it('refuse the try after the last with how long to wait, and only for that key', async () => {
    const limit = createRateLimit({ tries: 2, seconds: 600, what: 'codes' });
    await limit.spend('ada');
    await limit.spend('ada');
    const refusal = await limit.spend('ada').then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal).to.be.instanceOf(AppError);
    const { code, message, details } = refusal as AppError;
    expect(code).to.equal('too-many-requests');
    expect(message).to.equal('Too many codes. Wait 10 minutes and try again.');
    expect(details.retryAfterSeconds).to.be.within(598, 600);
    await limit.spend('bea');
  });

  it('count every address of one IPv6 household together, and an IPv4 address in either dress', () => {
    const same = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::', '2001:0db8:0001:0002:1:2:3:4'];
    expect(new Set(same.map(networkOf))).to.deep.equal(new Set(['2001:db8:1:2::/64']));
    expect(networkOf('2001:db8:1:3::1')).to.not.equal(networkOf('2001:db8:1:2::1'));
    expect(networkOf('::ffff:192.0.2.7')).to.equal('192.0.2.7');
    expect(networkOf('192.0.2.7')).to.equal('192.0.2.7');
    expect(networkOf('::1')).to.equal('0:0:0:0::/64');
    expect(networkOf('fe80::1%eth0')).to.equal('fe80:0:0:0::/64');
    expect(networkOf(undefined)).to.equal('unknown');
  });
});
