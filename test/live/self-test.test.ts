import { expect } from 'chai';
import { openProduct, type Product } from '../support/product.ts';
import { connect, seedLiveDay } from './live-day.ts';

describe('the self-test page', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  it('is open to anybody, and gives its advice without script', async () => {
    const { slug } = await seedLiveDay(product.clock.now());
    const response = await fetch(`${product.url}/events/${slug}/check`);
    expect(response.status).to.equal(200);
    const html = await response.text();
    expect(html).to.include('need JavaScript').and.include('data-island="self-test"');
    expect(html)
      .to.include(`TCP port ${new URL(product.url).port}`)
      .and.include('/socket.io/');
    expect((await fetch(`${product.url}/events/no-such/check`)).status).to.equal(404);
  });

  it('can tell an open way from a closed one: who is not signed in is refused with a code', async () => {
    for (const transports of [['websocket'], ['polling']] as ('websocket' | 'polling')[][]) {
      const error: unknown = await connect(product.url, '', { transports }).catch(
        (reason: unknown) => reason,
      );
      expect(error).to.include({ code: 'not-signed-in' });
    }
  });
});
