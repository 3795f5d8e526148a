import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { FeedbackModel } from '../../server/feedback/feedback.model.ts';
import { seedLiveDay, seedMember, seedSignIn, seedViewer } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';

const answer = { overall: '4', useful: 'Real figures.', better: '' };

describe('feedback', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  const get = (path: string, cookie = '') =>
    fetch(product.url + path, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
  const post = (slug: string, cookie: string, fields: Record<string, string>) =>
    fetch(`${product.url}/events/${slug}/feedback`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { cookie, origin: product.url, accept: 'text/html' },
      redirect: 'manual',
    });

  /** The last session of the day has just begun. */
  async function openDay() {
    const now = product.clock.now();
    const day = await seedLiveDay(now);
    const viewer = await seedViewer(day.eventId, day.organiserId, now);
    const tooEarly = await post(day.slug, viewer.cookie, answer);
    product.clock.advance({ minutes: 60 });
    return { ...day, viewer, tooEarly };
  }

  it('is given from the last session on, once for each place, and changed until two weeks later', async () => {
    const { slug, eventId, viewer, tooEarly } = await openDay();
    expect(tooEarly.status).to.equal(409);
    expect(await tooEarly.text()).to.include('when the last session has begun');
    expect(await (await get(`/events/${slug}/feedback`, viewer.cookie)).text()).not.to.match(/ checked/);
    const answers = await Promise.all(
      ['3', '5', '4'].map((overall) => post(slug, viewer.cookie, { ...answer, overall })),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    expect(await FeedbackModel.countDocuments({ eventId })).to.equal(1);

    await post(slug, viewer.cookie, { ...answer, overall: '2', mayQuote: 'yes' });
    const [stored] = await FeedbackModel.find({ eventId }).lean();
    expect(stored).to.include({ overall: 2, useful: 'Real figures.', mayQuote: true, withName: false });
    const again = await (await get(`/events/${slug}/feedback?done=saved`, viewer.cookie)).text();
    expect(again).to.include('Thank you').and.include('Real figures.');
    expect(again.match(/<input[^>]* checked/g)).to.have.length(2);

    product.clock.advance({ days: 14, hours: 2 });
    const { email } = viewer;
    const back = await seedSignIn({ kind: 'attendee', email }, product.clock.now());
    const late = await post(slug, back.cookie, { ...answer, overall: '1' });
    expect(late.status).to.equal(409);
    expect(await late.text()).to.include('The form has closed');
    expect((await FeedbackModel.findOne({ eventId }).lean())?.overall).to.equal(2);
    product.clock.advance({ days: -14, hours: -2 });
  });

  it('keeps what was typed when something is wrong, and says what', async () => {
    const { slug, eventId, viewer } = await openDay();
    const wrong: [Record<string, string>, string][] = [
      [{ useful: 'Kept <b>words</b>', better: '' }, 'Choose how the day was for you'],
      [{ ...answer, overall: '6' }, 'Choose how the day was for you'],
      [{ ...answer, better: 'a'.repeat(1_001) }, 'Use 1000 characters or fewer'],
      [{ ...answer, mayQuote: 'maybe' }, 'Tick the box or leave it'],
      [{ ...answer, organiserId: 'x' }, 'This form has no such field'],
    ];
    for (const [fields, message] of wrong) {
      const response = await post(slug, viewer.cookie, fields);
      expect(response.status).to.equal(422);
      const html = await response.text();
      expect(html).to.include(message);
      if (fields.useful?.startsWith('Kept')) expect(html).to.include('Kept &lt;b>words');
    }
    expect(await FeedbackModel.countDocuments({ eventId })).to.equal(0);
  });

  it('is for people with a place: others sign in, or are told so', async () => {
    const { slug, eventId } = await openDay();
    const elsewhere = await openDay();
    expect((await get(`/events/${slug}/feedback`)).status).to.equal(303);
    expect((await get(`/events/${slug}/feedback`, elsewhere.viewer.cookie)).status).to.equal(403);
    expect((await post(slug, elsewhere.viewer.cookie, answer)).status).to.equal(403);
    expect((await get('/events/no-such-event/feedback', elsewhere.viewer.cookie)).status).to.equal(404);
    expect(await FeedbackModel.countDocuments({ eventId })).to.equal(0);
  });

  it('is read by the organiser with a name only where its author put it, and taken away as a table', async () => {
    const { slug, eventId, organiserId, viewer } = await openDay();
    const now = product.clock.now();
    const named = await seedViewer(eventId, organiserId, now);
    await post(slug, viewer.cookie, { ...answer, useful: '=HYPERLINK("http://x")' });
    await post(slug, named.cookie, { ...answer, overall: '5', withName: 'yes', mayQuote: 'yes' });
    const organiser = await seedMember(organiserId, now);
    const path = `/console/events/${eventId}`;
    const page = await (await get(`${path}/feedback`, organiser.cookie)).text();
    expect(page).to.include('2 answers, 4.5 of 5').and.include('May be quoted');
    expect(page.match(/Rhian Beddoe/g)).to.have.length(1);

    const csv = await get(`${path}/live-exports/feedback.csv`, organiser.cookie);
    expect(csv.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    const lines = (await csv.text()).trim().split('\r\n');
    expect(lines).to.have.length(3);
    expect(lines.filter((line) => line.includes('Rhian Beddoe'))).to.have.length(1);
    expect(lines.find((line) => line.includes('HYPERLINK'))).to.include(`'=HYPERLINK`);
    expect(await AuditEntryModel.countDocuments({ organiserId, action: 'feedback:exported' })).to.equal(1);

    const onlooker = await seedMember(organiserId, now, 'viewer');
    const stranger = await seedMember((await openDay()).organiserId, now);
    const csvPath = `${path}/live-exports/feedback.csv`;
    expect((await get(csvPath, onlooker.cookie)).status).to.equal(403);
    expect((await get(csvPath, stranger.cookie)).status).to.equal(404);
    expect((await get(csvPath, viewer.cookie)).status).to.equal(404);
    expect((await get(`${path}/feedback`, stranger.cookie)).status).to.equal(404);
    expect(await AuditEntryModel.countDocuments({ organiserId, action: 'feedback:exported' })).to.equal(1);
  });
});
