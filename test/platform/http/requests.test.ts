import { expect } from 'chai';
import { problemDetails } from '../../../server/contracts/problem.ts';
import { openProduct, type Product } from '../../support/product.ts';

describe('every request', () => {
  let product: Product;
  before(async () => (product = await openProduct({ worker: false })));
  after(() => product.close());

  const post = (
    headers: Record<string, string>,
    body: string | URLSearchParams = new URLSearchParams({ email: 'a@b.example' }),
  ) =>
    fetch(`${product.url}/sign-in`, {
      method: 'POST',
      body,
      headers: { accept: 'text/html', ...headers },
      redirect: 'manual',
    });

  it('is answered with a page that says what is wrong when there is no such page', async () => {
    const response = await fetch(`${product.url}/no/such/page`, { headers: { accept: 'text/html' } });
    expect(response.status).to.equal(404);
    expect(response.headers.get('content-type')).to.include('text/html');
    expect(await response.text()).to.include('<h1');
  });

  it('is answered with problem details when it asked for JSON', async () => {
    const response = await fetch(`${product.url}/no/such/page`, { headers: { accept: 'application/json' } });
    expect(response.headers.get('content-type')).to.include('application/problem+json');
    expect(problemDetails.parse(await response.json())).to.include({ status: 404, code: 'not-found' });
  });

  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    {},
  ] as Record<string, string>[]) {
    it(`that changes something is refused from ${JSON.stringify(headers)}`, async () => {
      expect((await post(headers)).status).to.equal(403);
    });
  }

  it('that changes something is heard from a page of the site', async () => {
    expect((await post({ origin: product.url })).status).to.be.within(200, 399);
  });

  it('larger than a form can be is refused as too large', async () => {
    const response = await post({ origin: product.url }, new URLSearchParams({ email: 'x'.repeat(70_000) }));
    expect(response.status).to.equal(413);
  });

  it('in broken JSON is refused as a bad request', async () => {
    expect(
      (await post({ origin: product.url, 'content-type': 'application/json' }, '{"a":')).status,
    ).to.equal(400);
  });

  it('of a type no form sends gets the form back, not a crash', async () => {
    const response = await post({ origin: product.url, 'content-type': 'text/plain' }, 'email=a@b.example');
    expect(response.status).to.equal(422);
  });

  it('gets the security headers, and nothing that names the server', async () => {
    const { headers } = await fetch(product.url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy)
      .to.include("script-src 'self'")
      .and.include("frame-ancestors 'none'")
      .and.include("base-uri 'none'");
    expect(policy).not.to.include('unsafe-');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('x-frame-options')).to.equal('DENY');
    expect(headers.get('referrer-policy')).to.equal('same-origin');
    expect(headers.has('x-powered-by')).to.equal(false);
  });

  it('with a path that cannot be decoded is a bad request', async () => {
    const response = await fetch(`${product.url}/events/%E0%A4%A`, { headers: { accept: 'text/html' } });
    expect(response.status).to.equal(400);
  });
});
