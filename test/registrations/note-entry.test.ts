import { expect } from 'chai';
import { RegistrationModel } from '../../server/registrations/registration.model.ts';
import { joinPath } from '../../server/registrations/sign-links.ts';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { cancel, openEvent, register, stored, type TestEvent } from './registering.ts';

describe('who was in the live room', () => {
  let product: Product;
  let event: TestEvent;
  beforeEach(async () => {
    product = await openProduct({ worker: false });
    event = await openEvent(product);
    await register(product, event);
  });
  afterEach(() => product.close());

  const visit = async () => {
    const browser = new BrowserSession(product.url);
    await browser.post(joinPath(await stored(event), product.deps), {});
    return browser.get(`${event.path}/live`);
  };
  const entered = async () => (await stored(event)).firstEnteredAt?.toISOString() ?? null;

  it('is noted from a quarter of an hour before the start until the end, without script too', async () => {
    product.clock.set('2026-12-24T09:14:59Z');
    expect((await visit()).status).to.equal(200);
    expect(await entered()).to.equal(null);
    product.clock.set('2026-12-24T09:15:00Z');
    expect((await visit()).status).to.equal(200);
    expect(await entered()).to.equal('2026-12-24T09:15:00.000Z');
  });

  it('is noted the first time only', async () => {
    product.clock.set('2026-12-24T10:00:00Z');
    await visit();
    product.clock.set('2026-12-24T11:00:00Z');
    await visit();
    expect(await entered()).to.equal('2026-12-24T10:00:00.000Z');
  });

  it('is not noted after the end, nor of somebody outside', async () => {
    product.clock.set('2026-12-24T10:00:00Z');
    expect((await new BrowserSession(product.url).get(`${event.path}/live`)).status).to.equal(401);
    expect(await entered()).to.equal(null);
    await cancel(product, await stored(event));
    await visit();
    expect(await entered()).to.equal(null);
    await RegistrationModel.updateOne({ eventId: event.id }, { status: 'confirmed' });
    product.clock.set('2026-12-24T16:15:01Z');
    await visit();
    expect(await entered()).to.equal(null);
  });
});
