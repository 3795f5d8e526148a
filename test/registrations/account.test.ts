import { expect } from 'chai';
import { BrowserSession } from '../support/browser-session.ts';
import { openProduct, type Product } from '../support/product.ts';
import { signInAttendee } from '../support/signing-in.ts';
import { openEvent, register, stored } from './registering.ts';

describe('my places', () => {
  let product: Product;
  before(async () => {
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  it('lists the places of the signed-in address over all events, and nobody else’s', async () => {
    const [first, second] = [
      await openEvent(product, { title: 'Decarbonisation day' }),
      await openEvent(product, { title: 'Procurement day' }),
    ];
    await register(product, first);
    await register(product, second);
    await register(product, second, { email: 'eve@example.org' });
    const html = await (await (await signInAttendee(product, 'ada@example.org')).get('/account')).text();
    expect(html)
      .to.include('Decarbonisation day')
      .and.include('Procurement day')
      .and.include((await stored(second))._id);
    expect(html).not.to.include((await stored(second, 'eve@example.org'))._id);
    expect(html).to.include('This one');
  });

  it('is for those who are signed in', async () => {
    const visitor = new BrowserSession(product.url);
    expect((await visitor.get('/account')).headers.get('location')).to.match(/^\/sign-in/);
    expect((await visitor.post('/account', { name: 'Eve' })).status).to.equal(401);
  });

  it('keeps details, which fill in the next form', async () => {
    const person = await signInAttendee(product, 'grace@example.org');
    const page = await person.postAndFollow('/account', { name: 'Grace Hopper', organisation: 'Navy' });
    expect(await page.text())
      .to.include('Your details are saved.')
      .and.include('value="Grace Hopper"');
    const event = await openEvent(product);
    const form = await (await person.get(`${event.path}/register`)).text();
    expect(form).to.include('value="Grace Hopper"').and.include('value="grace@example.org"');
    const refused = await person.post('/account', { name: '', jobTitle: 'Rear admiral' });
    expect(refused.status).to.equal(422);
    expect(await refused.text()).to.include('value="Rear admiral"');
  });
});
