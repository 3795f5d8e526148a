import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { AppError } from '../../../server/contracts/problem.ts';
import { createRateLimit, limitByNetwork, networkOf } from '../../../server/platform/http/rate-limits.ts';

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

  it('believe X-Forwarded-For only from as many proxies as are named', async () => {
    const ask = async (trustedProxies: number) => {
      const app = express().set('env', 'test').set('trust proxy', trustedProxies);
      app.use(limitByNetwork({ tries: 2, seconds: 60 }), (_request, response) => void response.end());
      const server = createServer(app).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const statuses = [];
      for (const forwarded of [
        '198.51.100.1',
        '198.51.100.2',
        '198.51.100.3',
        '198.51.100.3, 198.51.100.4',
      ]) {
        const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { 'x-forwarded-for': forwarded } });
        statuses.push(answer.status);
      }
      server.close();
      return statuses.map((status) => (status === 200 ? 'ok' : 'refused'));
    };
    expect(await ask(0)).to.deep.equal(['ok', 'ok', 'refused', 'refused']);
    expect(await ask(1)).to.deep.equal(['ok', 'ok', 'ok', 'ok']);
  });
});
