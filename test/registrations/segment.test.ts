import { expect } from 'chai';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { listSegmentPage } from '../../server/registrations/segment.queries.ts';
import { openProduct, type Product } from '../support/product.ts';

describe('everybody of an event, page by page', function () {
  this.timeout(60_000);
  const people = 6_000;
  let product: Product;
  before(async () => {
    product = await openProduct({ worker: false });
    await RegistrationModel.insertMany(
      Array.from({ length: people }, (_, index) => ({
        _id: crypto.randomUUID(),
        eventId: 'large',
        organiserId: 'o',
        name: `Person ${index}`,
        email: `person-${index}@example.org`,
        status: 'confirmed',
        inviteUid: crypto.randomUUID(),
        attemptKey: crypto.randomUUID(),
        attemptSignature: 'x',
        createdAt: product.clock.now(),
      })),
      { lean: true },
    );
  });
  after(() => product.close());

  const page = (afterId: string, limit: number) =>
    listSegmentPage('large', { name: 'registered', consentId: null }, { afterId, limit });
  const took = async (work: () => Promise<unknown>): Promise<number> => {
    const from = performance.now();
    await work();
    return performance.now() - from;
  };

  it('costs what is on the page, and not what the event has', async () => {
    const whole = await took(() => page('', people + 1));
    const pages = await took(async () => {
      for (const afterId of ['1', '3', '5', '7', '9', 'a', 'c', 'd', 'e', 'f']) await page(afterId, 10);
    });
    expect(pages).to.be.below(whole);
  });
});
