import { expect } from 'chai';
import { listRegistrationsOfEvent } from '../../server/registrations/registration.queries.ts';
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

  it('lists an event’s registrations page by page, for its organiser only', async () => {
    const event = await openEvent(product);
    for (const name of ['a', 'b', 'c']) {
      product.clock.advance({ seconds: 1 });
      await register(product, event, { email: `${name}@example.org`, accessNeeds: 'Captions' });
    }
    const page = (number: number, organiserId = event.organiserId) =>
      listRegistrationsOfEvent(organiserId, event.id, { number, size: 2 });
    const [first, second] = [await page(1), await page(2)];
    expect([...first.rows, ...second.rows].map(({ email }) => email[0])).to.deep.equal(['a', 'b', 'c']);
    expect(first.total).to.equal(3);
    expect(JSON.stringify(first)).not.to.match(/accessNeeds|Captions/);
    expect(await page(1, 'another')).to.deep.equal({ rows: [], total: 0 });
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
