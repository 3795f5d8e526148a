import { expect } from 'chai';
import { ChatMessageModel } from '../../server/chat/chat-message.model.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { QuestionModel } from '../../server/questions/question.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedLiveDay, seedSignIn, seedViewer } from './live-day.ts';

describe('taking part in a live room without script', function () {
  this.timeout(30_000);
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let cookie: string;

  before(async () => {
    product = await openProduct({ worker: false, looks: true });
    const now = product.clock.now();
    day = await seedLiveDay(now);
    await EventModel.updateOne(
      { _id: day.eventId },
      { $set: { stages: [{ id: 'main', name: 'Main stage' }] } },
    );
    cookie = (await seedViewer(day.eventId, day.organiserId, now)).cookie;
  });
  after(() => product?.close());

  const path = (rest = '') => `${product.url}/events/${day.slug}/live${rest}`;
  const post = (rest: string, fields: Record<string, string>, who = cookie, origin = product.url) =>
    fetch(path(rest), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: who, origin },
      body: new URLSearchParams(fields),
    });
  const page = async (query: string) => (await fetch(path(query), { headers: { cookie } })).text();

  it('says something once, however often the form is sent, and comes back to the chat', async () => {
    const fields = { text: 'Hello <b>all</b>', stageId: 'main', clientId: 'form-id-0001' };
    const answer = await post('/chat', fields);
    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(`/events/${day.slug}/live?tab=chat&stage=main#panel`);
    await post('/chat', fields);
    expect(await ChatMessageModel.countDocuments({ eventId: day.eventId })).to.equal(1);
    const html = await page('?tab=chat&stage=main');
    expect(html).to.include('Hello &lt;b>all&lt;/b>').and.to.include('<b>You</b>');
  });

  it('asks and votes, and sees one’s own waiting question', async () => {
    const fields = {
      text: 'Why?',
      stageId: 'main',
      clientId: 'form-id-0002',
      sessionId: day.sessionIds[0] ?? '',
    };
    expect((await post('/questions', fields)).status).to.equal(303);
    const question = await QuestionModel.findOne({ eventId: day.eventId }).orFail();
    expect(await page('?tab=questions&stage=main')).to.include('A moderator will read it before it shows.');
    await QuestionModel.updateOne({ _id: question._id }, { $set: { state: 'visible' } });
    expect((await post(`/questions/${question._id}/vote`, { isOn: 'true' })).status).to.equal(303);
    expect(await page('?tab=questions&stage=main')).to.include('aria-pressed="true"');
  });

  it('gives what cannot be taken back with its sentence', async () => {
    const empty = await post('/chat', { text: '  ', stageId: 'main', clientId: 'form-id-0003' });
    expect(empty.status).to.equal(422);
    expect(await empty.text()).to.include('Write something first');
    const long = await post('/questions', {
      text: 'é'.repeat(401),
      stageId: 'main',
      clientId: 'form-id-0004',
    });
    expect(long.status).to.equal(422);
    expect(await long.text())
      .to.include('é'.repeat(401))
      .and.to.include('Use 400 characters or fewer');
    const elsewhere = await post('/chat', { text: 'Hi', stageId: 'no-such', clientId: 'form-id-0005' });
    expect(elsewhere.status).to.equal(422);
  });

  it('is for who has a place, from this site only', async () => {
    const fields = { text: 'Hi', stageId: 'main', clientId: 'form-id-0006' };
    const { cookie: stranger } = await seedSignIn(
      { kind: 'attendee', email: 'stranger@example.org' },
      product.clock.now(),
    );
    for (const who of ['', stranger]) expect((await post('/chat', fields, who)).status).to.equal(403);
    expect((await post('/chat', fields, cookie, 'https://evil.example')).status).to.equal(403);
    expect((await post('/polls/no-such/vote', { optionIds: 'a' })).status).to.equal(404);
    expect((await post('/questions/no-such/vote', {})).status).to.equal(404);
    expect(await ChatMessageModel.countDocuments({ eventId: day.eventId })).to.equal(1);
  });

  it('takes no flood of forms from one person, and the form of another', async () => {
    const now = product.clock.now();
    const [flooder, other] = [
      await seedViewer(day.eventId, day.organiserId, now),
      await seedViewer(day.eventId, day.organiserId, now),
    ];
    const ask = (who: string, number: number) =>
      post('/questions', { text: `Why ${number}?`, stageId: 'main', clientId: `flood-000${number}` }, who);
    const answers = await Promise.all(Array.from({ length: 9 }, (_, number) => ask(flooder.cookie, number)));
    expect(answers.filter(({ status }) => status === 303)).to.have.length(6);
    const refused = answers.find(({ status }) => status === 422);
    expect(await refused?.text()).to.include('Too many questions');
    expect((await ask(other.cookie, 0)).status).to.equal(303);
    const stored = (await QuestionModel.find({ eventId: day.eventId })).filter(({ text }) =>
      /^Why \d/.test(text),
    );
    expect(stored).to.have.length(7);
  });
});
