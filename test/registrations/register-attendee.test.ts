import { expect } from 'chai';
import { openProduct, type Product } from '../support/product.ts';
import { BrowserSession } from '../support/browser-session.ts';
import {
  brokenInvariants,
  confirmedCount,
  messagesAbout,
  openEvent,
  register,
  rush,
  seatsOf,
  stored,
  typed,
} from './registering.ts';

describe('registering', () => {
  let product: Product;
  before(async () => {
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  it('takes a place, takes a seat and writes one message, and leads to the page that says so', async () => {
    const event = await openEvent(product);
    const person = new BrowserSession(product.url);
    const page = await person.postAndFollow(`${event.path}/register`, typed());
    expect(page.status).to.equal(200);
    const html = await page.text();
    expect(html).to.include('You’re in').and.include('ada@example.org');
    const registration = await stored(event);
    expect(registration).to.include({ name: 'Ada Byron', status: 'confirmed', inviteSequence: 0 });
    expect(await seatsOf(event)).to.include({ taken: 1, remaining: 19 });
    expect(await messagesAbout(registration._id)).to.deep.equal(['registration:confirmed']);
  });

  it('gives out exactly the places there are when everybody comes at once, and tells the rest', async () => {
    const event = await openEvent(product, { capacity: 20 });
    const counts = await rush(product, event, 50);
    expect(counts).to.deep.equal(
      new Map([
        [303, 20],
        [409, 30],
      ]),
    );
    expect(await confirmedCount(event)).to.equal(20);
    expect(await brokenInvariants(event)).to.deep.equal([]);
  });
});
