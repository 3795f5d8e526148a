import { expect } from 'chai';
import { newId } from '../../../server/platform/new-id.ts';
import { EventModel } from '../../../server/events/event.model.ts';
import { fastAnswers } from '../../../server/platform/metrics/metrics.ts';
import { openProduct, type Product } from '../../support/product.ts';

describe('a public page asked for again', () => {
  let product: Product;
  before(async () => (product = await openProduct({ worker: false, now: '2026-11-24T09:00:30Z' })));
  after(() => product.close());

  const given = async () => (await fastAnswers.get()).values[0]?.value ?? 0;
  const get = async (headers: Record<string, string> = {}, path = '/events') => {
    const before = await given();
    const response = await fetch(product.url + path, { headers });
    const { 'x-request-id': requestId, date, ...rest } = Object.fromEntries(response.headers);
    return {
      body: await response.text(),
      headers: rest,
      requestId,
      date,
      status: response.status,
      wasFast: (await given()) > before,
    };
  };
  const publish = (title: string) => {
    const startsAt = new Date('2026-12-01T09:00:00Z');
    const times = {
      startsAt,
      endsAt: new Date('2026-12-01T16:00:00Z'),
      startsAtLocal: '2026-12-01T09:00',
      endsAtLocal: '2026-12-01T16:00',
    };
    const slug = `event-${newId()}`;
    return EventModel.create([
      {
        _id: newId(),
        organiserId: 'o',
        slug,
        title,
        zone: 'Europe/London',
        ...times,
        status: 'published',
        publishedAt: startsAt,
        createdAt: startsAt,
      },
    ]);
  };

  it('comes without passing through the app, with the same bytes and headers', async () => {
    const first = await get();
    const second = await get();
    expect([first.wasFast, second.wasFast]).to.deep.equal([false, true]);
    expect(second.body).to.equal(first.body);
    expect(second.headers).to.deep.equal(first.headers);
    expect(second.requestId).to.be.a('string').and.not.equal(first.requestId);
  });

  it('shows what changed from the moment the change is stored', async () => {
    await get();
    await publish('Grid connections');
    const after = await get();
    expect(after.wasFast).to.equal(false);
    expect(after.body).to.include('Grid connections');
  });

  it('is made anew each minute, because it says what time it is', async () => {
    await get();
    product.clock.advance({ minutes: 1 });
    expect((await get()).wasFast).to.equal(false);
  });

  it('goes through the app for whoever has a cookie, a condition or another encoding', async () => {
    const { headers } = await get();
    expect((await get()).wasFast).to.equal(true);
    expect((await get({ cookie: 'sid=whatever' })).wasFast).to.equal(false);
    expect(await get({ 'if-none-match': headers.etag ?? '' })).to.include({ status: 304, wasFast: false });
    expect((await get({ 'accept-encoding': 'identity' })).headers).not.to.have.property('content-encoding');
    expect((await get({ 'accept-encoding': 'gzip' })).headers).to.have.property('content-encoding', 'gzip');
  });

  it('is never kept when it failed', async () => {
    await get({}, '/events/no-such-event');
    expect(await get({}, '/events/no-such-event')).to.include({ status: 404, wasFast: false });
  });
});
