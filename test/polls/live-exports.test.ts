import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { QuestionModel } from '../../server/questions/question.model.ts';
import { newId } from '../../server/platform/new-id.ts';
import { ask, seedMember } from '../live/live-day.ts';
import { asked, openQuestionDay, type QuestionDay } from '../questions/question-day.ts';
import { openProduct, type Product } from '../support/product.ts';

describe('tables of a live day to take away', () => {
  let product: Product;
  let day: QuestionDay;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => day.close());
  after(() => product.close());
  const get = (file: string, cookie: string) =>
    fetch(`${product.url}/console/events/${day.eventId}/live-exports${file}`, {
      headers: { cookie, accept: 'text/html' },
      redirect: 'manual',
    });
  const files = ['/chat.csv', '/questions.csv', '/polls.csv'];

  it('hold the day, with formulas made harmless and no name where none was given', async () => {
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    const { viewer, other, moderator } = await day.openAll('viewer', 'other', 'moderator');
    const { eventId } = day;
    await asked(viewer, eventId, {
      text: '=HYPERLINK("https://evil.example")',
      sessionId: day.sessionIds[1],
    });
    await asked(other, eventId, { text: '+1 for "heat, pumps"', isAnonymous: true });
    const said = { eventId, channel: 'stage', stageId: 'main', replyToId: null };
    await ask(viewer, 'chat:post', { ...said, clientId: newId(), text: '@everyone – bore da' });
    const gone = await ask<{ message: { id: string } }>(viewer, 'chat:post', {
      ...said,
      clientId: newId(),
      text: 'taken back',
    });
    if (!gone.ok) throw new Error(gone.message);
    await ask(viewer, 'chat:delete', { eventId, messageId: gone.message.id });
    const poll = { stageId: 'main', kind: 'single', options: ['=A1', 'No'], results: 'organisers' };
    const saved = await ask<{ pollId: string }>(moderator, 'poll:save', {
      eventId,
      pollId: null,
      clientId: newId(),
      question: '-Do you agree?',
      revision: 0,
      ...poll,
    });
    if (!saved.ok) throw new Error(saved.message);
    const { pollId } = saved;
    await ask(moderator, 'poll:move', { eventId, pollId, move: 'open', closesInSeconds: null, revision: 1 });
    await ask(viewer, 'poll:vote', { eventId, pollId, choice: { optionIds: ['o1'], word: null } });

    const page = await (await get('', day.cookies.moderator)).text();
    expect(page).to.include('1 message<').and.include('2 questions<').and.include('1 poll<');
    const [chat, questions, polls] = await Promise.all(
      files.map(async (file) => {
        const answer = await get(file, day.cookies.moderator);
        expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
        const bytes = Buffer.from(await answer.arrayBuffer());
        expect([...bytes.subarray(0, 3)], file).to.deep.equal([0xef, 0xbb, 0xbf]);
        return bytes.toString();
      }),
    );
    expect(chat).to.include("'@everyone – bore da").and.include('Main stage,Rhian Beddoe');
    expect(chat).to.not.include('taken back');
    expect(questions).to.include(`"'=HYPERLINK(""https://evil.example"")",Rhian Beddoe`);
    expect(questions).to.include(`"'+1 for ""heat, pumps""",Without a name,,visible,0`);
    expect(questions).to.include('Main stage,Heat pumps in old hospitals');
    expect(questions!.match(/Rhian Beddoe/g)).to.have.length(1);
    expect(polls).to.match(/'-Do you agree\?,Main stage,single,open,[^,]*,,1,'=A1,1\r\n/);
    expect(polls).to.not.include('Rhian Beddoe');
    for (const action of ['chat:exported', 'questions:exported', 'polls:exported'])
      expect(await AuditEntryModel.countDocuments({ organiserId: day.organiserId, action })).to.equal(1);
  });

  it('hold every row of a long day, in order', async () => {
    day = await openQuestionDay(product);
    await QuestionModel.insertMany(
      Array.from({ length: 1_201 }, (_, index) => ({
        _id: newId(),
        eventId: day.eventId,
        organiserId: day.organiserId,
        text: `Question ${index}`,
        askedBy: 'p',
        clientId: `c${index}`,
        askedAt: new Date(day.now.getTime() + index),
        state: 'visible' as const,
      })),
    );
    const lines = (await (await get('/questions.csv', day.cookies.moderator)).text()).trim().split('\r\n');
    const texts = lines.slice(1).map((line) => line.split(',')[3]);
    expect(texts).to.deep.equal(Array.from({ length: 1_201 }, (_, index) => `Question ${index}`));
  });

  it('are for those who moderate the event: nobody else is told or noted', async () => {
    day = await openQuestionDay(product);
    const elsewhere = await seedMember(newId(), day.now);
    for (const file of ['', ...files]) {
      expect((await get(file, day.cookies.viewer)).status, file).to.equal(404);
      expect((await get(file, day.cookies.speaker)).status, file).to.equal(404);
      expect((await get(file, elsewhere.cookie)).status, file).to.equal(404);
      expect((await get(file, day.cookies.onlooker)).status, file).to.equal(403);
      expect((await get(file, '')).status, file).to.be.oneOf([302, 303, 401]);
    }
    expect(await AuditEntryModel.countDocuments({ organiserId: day.organiserId })).to.equal(0);
  });
});
