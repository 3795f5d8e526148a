import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { LiveQuestion } from '../../server/contracts/live-questions.ts';
import { LiveRoomModel } from '../../server/live-rooms/live-room.model.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { QuestionModel } from '../../server/questions/question.model.ts';
import { ask, join, nextFacts, type LiveSocket } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { asked, codeOf, factsOf, openQuestionDay, questionOf, type QuestionDay } from './question-day.ts';

describe('questions', () => {
  let product: Product;
  let day: QuestionDay;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => day.close());
  after(() => product.close());
  const move = (socket: LiveSocket, questionId: string, to: string, revision: number) =>
    ask(socket, 'question:move', { eventId: day.eventId, questionId, move: to, revision });

  it('wait in the queue where a moderator reads them first, and show to viewers once they are shown', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer, other } = await day.openAll('moderator', 'viewer', 'other');
    await join(moderator, day.eventId, null, 'moderators');
    await join(other, day.eventId);
    const heard = nextFacts(moderator);
    const question = await asked(viewer, day.eventId);
    expect(question).to.include({ state: 'queue', votes: 0, revision: 1 });
    expect((await heard)[0]?.fact).to.deep.equal({ name: 'question:changed', question });
    expect(await factsOf(day.eventId, 'viewers')).to.deep.equal([]);
    expect(await factsOf(day.eventId, 'backstage')).to.deep.equal([]);

    const shown = nextFacts(other);
    expect(await move(moderator, question.id, 'show', 1)).to.deep.equal({ ok: true });
    expect((await shown)[0]?.fact).to.deep.include({ name: 'question:changed' });
    const answer = await join(other, day.eventId);
    if (!answer.ok || answer.kind !== 'snapshot') throw new Error('a snapshot was expected');
    const hidden = await move(moderator, question.id, 'hide', 2);
    expect(hidden.ok).to.equal(true);
    expect((await factsOf(day.eventId, 'viewers')).at(-1)).to.deep.equal({
      name: 'question:removed',
      questionId: question.id,
    });
    expect(await AuditEntryModel.countDocuments({ 'subject.id': question.id })).to.equal(2);
  });

  it('show at once where nobody reads them first', async () => {
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    const { viewer } = await day.openAll('viewer');
    const question = await asked(viewer, day.eventId, { sessionId: day.sessionIds[1] });
    expect(question).to.include({ state: 'visible', sessionId: day.sessionIds[1] });
    for (const audience of ['viewers', 'moderators', 'backstage'] as const)
      expect(await factsOf(day.eventId, audience)).to.have.length(1);
  });

  it('are one question when they are sent again, also at once', async () => {
    day = await openQuestionDay(product);
    const { viewer } = await day.openAll('viewer');
    const payload = questionOf(day.eventId);
    const answers = await Promise.all([1, 2, 3].map(() => ask(viewer, 'question:ask', payload)));
    const ids = answers.map((answer) => (answer as unknown as { question: LiveQuestion }).question.id);
    expect(new Set(ids).size).to.equal(1);
    expect(await QuestionModel.countDocuments({ eventId: day.eventId })).to.equal(1);
    expect(await factsOf(day.eventId, 'moderators')).to.have.length(1);
  });

  it('are refused from who may not ask, when closed, without a name where that is not allowed, and for what is not there', async () => {
    day = await openQuestionDay(product, { allowsAnonymousQuestions: false, words: ['blithering'] });
    const { viewer, stranger, onlooker } = await day.openAll('viewer', 'stranger', 'onlooker');
    const put = async (socket: LiveSocket, given: Record<string, unknown> = {}) =>
      codeOf(await ask(socket, 'question:ask', questionOf(day.eventId, given)));
    expect(await put(stranger)).to.equal('forbidden');
    expect(await put(onlooker)).to.equal('forbidden');
    expect(await put(viewer, { isAnonymous: true })).to.equal('forbidden');
    expect(await put(viewer, { stageId: 'elsewhere' })).to.equal('not-found');
    day.close();
    const { other } = await day.openAll('other');
    expect(await put(other, { sessionId: 'of-another-event' })).to.equal('not-found');
    expect(await put(other, { text: 'You blithering fool' })).to.equal('forbidden');
    await LiveRoomModel.updateOne({ _id: day.eventId }, { $set: { areQuestionsOpen: false } });
    expect(await put(other)).to.equal('forbidden');
    expect(await QuestionModel.countDocuments({ eventId: day.eventId })).to.equal(0);
  });

  it('are refused from who was told to be silent or to leave', async () => {
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    const { viewer } = await day.openAll('viewer');
    const question = await asked(viewer, day.eventId);
    const silencedUntil = new Date(day.now.getTime() + 60_000);
    await ParticipantModel.updateMany({ eventId: day.eventId }, { $set: { silencedUntil } });
    const vote = { eventId: day.eventId, questionId: question.id, isOn: true };
    expect(codeOf(await ask(viewer, 'question:ask', questionOf(day.eventId)))).to.equal('forbidden');
    expect(codeOf(await ask(viewer, 'question:vote', vote))).to.equal('forbidden');
    await ParticipantModel.updateMany(
      { eventId: day.eventId },
      { $set: { silencedUntil: null, bannedAt: day.now } },
    );
    expect(codeOf(await ask(viewer, 'question:ask', questionOf(day.eventId)))).to.equal('forbidden');
    expect(await QuestionModel.countDocuments({ eventId: day.eventId })).to.equal(1);
    expect((await QuestionModel.findById(question.id).lean())?.votes).to.equal(0);
  });

  it('go back where they came from when restored, and move only as their state allows', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer } = await day.openAll('moderator', 'viewer');
    const { id } = await asked(viewer, day.eventId);
    expect(codeOf(await move(moderator, id, 'restore', 1))).to.equal('conflict');
    expect(codeOf(await move(moderator, id, 'answer', 1))).to.equal('conflict');
    for (const [to, state] of [
      ['archive', 'archived'],
      ['restore', 'queue'],
      ['show', 'visible'],
      ['archive', 'archived'],
      ['restore', 'visible'],
      ['take-live', 'live'],
      ['answer', 'answered'],
    ] as const) {
      const { revision } = (await QuestionModel.findById(id).lean())!;
      expect(await move(moderator, id, to, revision), to).to.deep.equal({ ok: true });
      expect((await QuestionModel.findById(id).lean())?.state).to.equal(state);
    }
  });

  it('are moved by one of two moderators at once, and by moderators of this event only', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer, speaker } = await day.openAll('moderator', 'viewer', 'speaker');
    const second = await day.open(day.cookies.moderator);
    const { id } = await asked(viewer, day.eventId);
    for (const socket of [viewer, speaker])
      expect(codeOf(await move(socket, id, 'show', 1))).to.equal('not-found');
    const codes = (await Promise.all([move(moderator, id, 'show', 1), move(second, id, 'archive', 1)])).map(
      codeOf,
    );
    expect(codes.sort()).to.deep.equal(['conflict', 'ok']);
    expect((await QuestionModel.findById(id).lean())?.revision).to.equal(2);
    const first = day;
    day = await openQuestionDay(product);
    const elsewhere = (await day.openAll('moderator')).moderator;
    expect(codeOf(await move(elsewhere, id, 'archive', 2))).to.equal('not-found');
    const wrong = { eventId: first.eventId, questionId: id, move: 'archive', revision: 2 };
    expect(codeOf(await ask(elsewhere, 'question:move', wrong))).to.not.equal('ok');
    first.close();
  });

  it('are live one at a time on a stage, also when two are taken at once', async () => {
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    const { moderator, viewer, other } = await day.openAll('moderator', 'viewer', 'other');
    const second = await day.open(day.cookies.moderator);
    const [one, two] = [await asked(viewer, day.eventId), await asked(other, day.eventId)];
    await Promise.all([move(moderator, one.id, 'take-live', 1), move(second, two.id, 'take-live', 1)]);
    const states = (await QuestionModel.find({ eventId: day.eventId }).lean()).map(({ state }) => state);
    expect(states.sort()).to.deep.equal(['answered', 'live']);
    const told = (await factsOf(day.eventId, 'viewers')).slice(-2) as unknown as { question: LiveQuestion }[];
    expect(told.map(({ question }) => question.state)).to.deep.equal(['answered', 'live']);
  });

  it('that are put to the same speaker again can still be moved by whoever heard of it', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer } = await day.openAll('moderator', 'viewer');
    const { id: questionId } = await asked(viewer, day.eventId);
    for (const revision of [1, 2]) {
      const put = { eventId: day.eventId, questionId, speakerId: day.speakerId, revision };
      expect(codeOf(await ask(moderator, 'question:assign', put))).to.equal('ok');
    }
    const told = (await factsOf(day.eventId, 'moderators')).at(-1) as { question?: LiveQuestion };
    expect(codeOf(await move(moderator, questionId, 'show', told.question?.revision ?? 0))).to.equal('ok');
    expect((await factsOf(day.eventId, 'backstage')).length).to.equal(3);
  });

  it('are asked on a stage where there are stages, or nobody would see them', async () => {
    day = await openQuestionDay(product);
    const { viewer } = await day.openAll('viewer');
    const nowhere = questionOf(day.eventId, { stageId: null });
    expect(codeOf(await ask(viewer, 'question:ask', nowhere))).to.equal('bad-request');
    expect(await QuestionModel.countDocuments({ eventId: day.eventId })).to.equal(0);
  });

  it('that were hidden are not told in words to whoever was away', async () => {
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    const { moderator, viewer, other } = await day.openAll('moderator', 'viewer', 'other');
    const [hidden, shown] = [
      await asked(viewer, day.eventId, { text: 'Something rude?' }),
      await asked(viewer, day.eventId, { text: 'Something kind?' }),
    ];
    for (const [id, to, revision] of [
      [hidden.id, 'hide', 1],
      [shown.id, 'hide', 1],
      [shown.id, 'show', 2],
    ] as const)
      expect(codeOf(await move(moderator, id, to, revision))).to.equal('ok');
    const answer = await join(other, day.eventId, 0);
    if (!answer.ok || answer.kind !== 'facts') throw new Error('facts were expected');
    expect(answer.facts.map(({ seq }) => seq)).to.deep.equal([1, 2, 3, 4, 5]);
    expect(JSON.stringify(answer.facts)).to.include('Something kind?').and.not.include('Something rude?');
  });
});
