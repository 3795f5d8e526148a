import { expect } from 'chai';
import mongoose from 'mongoose';
import type { Mine } from '../../server/contracts/live-messages.ts';
import type { LiveSnapshot } from '../../server/contracts/live-snapshot.ts';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { getLiveSnapshot } from '../../server/live/live.queries.ts';
import { QuestionModel } from '../../server/questions/question.model.ts';
import { QuestionVoteModel } from '../../server/questions/question-vote.model.ts';
import { tallyQuestions } from '../../server/questions/tally-questions.ts';
import { ask, join, nextFacts, seedViewer, type LiveSocket } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { asked, codeOf, factsOf, openQuestionDay, type QuestionDay } from './question-day.ts';

describe('questions, voted for and answered', () => {
  let product: Product;
  let day: QuestionDay;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => day.close());
  after(() => product.close());
  const vote = (socket: LiveSocket, questionId: string, isOn = true) =>
    ask(socket, 'question:vote', { eventId: day.eventId, questionId, isOn });
  const send = (
    socket: LiveSocket,
    name: 'question:answer' | 'question:merge' | 'question:assign',
    given: object,
  ) => ask(socket, name, { eventId: day.eventId, ...given });
  const stored = async (id: string) => (await QuestionModel.findById(id).lean())!;

  it('count each person once, taken back or sent twice, and tell the count in one fact', async () => {
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    const { viewer, other, moderator } = await day.openAll('viewer', 'other', 'moderator');
    const { id } = await asked(viewer, day.eventId);
    await join(viewer, day.eventId);
    const heard = nextFacts(viewer);
    const answers = await Promise.all([
      vote(other, id),
      vote(other, id),
      vote(viewer, id),
      vote(moderator, id),
    ]);
    expect(answers.map(codeOf)).to.deep.equal(['ok', 'ok', 'ok', 'ok']);
    expect((await heard).map(({ fact }) => fact)).to.deep.equal([
      { name: 'questions:tallied', votes: [{ id, votes: 3 }] },
    ]);
    await vote(other, id);
    await vote(viewer, id, false);
    await vote(viewer, id, false);
    expect((await stored(id)).votes).to.equal(2);
    expect(await QuestionVoteModel.countDocuments({ questionId: id })).to.equal(2);
    for (const audience of ['viewers', 'moderators', 'backstage'] as const) {
      const tallied = (await factsOf(day.eventId, audience)).filter(
        ({ name }) => name === 'questions:tallied',
      );
      expect(tallied).to.have.length(2);
    }
    const mine = await ask<Mine>(other, 'mine:read', { eventId: day.eventId });
    expect(mine).to.deep.include({ ok: true, votedQuestionIds: [id], ownQuestions: [] });
  });

  it('are counted exactly when two processes count at once', async () => {
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    const { viewer } = await day.openAll('viewer');
    const { id } = await asked(viewer, day.eventId);
    const ballots = (from: number) =>
      Array.from({ length: 60 }, (_, index) => ({
        questionId: id,
        participantId: `p${from + index}`,
        isOn: true,
      }));
    await Promise.all([0, 30, 60, 0].map((from) => tallyQuestions(day.eventId, ballots(from), product.deps)));
    expect((await stored(id)).votes).to.equal(120);
    expect(await QuestionVoteModel.countDocuments({ questionId: id })).to.equal(120);
  });

  it('keep neither votes nor counts when the batch fails at the last step', async () => {
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    const { viewer } = await day.openAll('viewer');
    const { id } = await asked(viewer, day.eventId);
    const failing = { ...product.deps, clock: { now: () => new Date(NaN) } };
    const failed = await tallyQuestions(
      day.eventId,
      [{ questionId: id, participantId: 'p', isOn: true }],
      failing,
    )
      .then(() => false)
      .catch(() => true);
    expect(failed).to.equal(true);
    expect((await stored(id)).votes).to.equal(0);
    expect(await QuestionVoteModel.countDocuments({ questionId: id })).to.equal(0);
  });

  it('take no vote for what is hidden, answered, of another event, or from who may not', async () => {
    day = await openQuestionDay(product);
    const { viewer, stranger, moderator, onlooker } = await day.openAll(
      'viewer',
      'stranger',
      'moderator',
      'onlooker',
    );
    const { id } = await asked(viewer, day.eventId);
    expect(codeOf(await vote(viewer, id))).to.equal('not-found');
    expect(codeOf(await vote(stranger, id))).to.equal('forbidden');
    expect(codeOf(await vote(onlooker, id))).to.equal('forbidden');
    const move = { eventId: day.eventId, questionId: id };
    await ask(moderator, 'question:move', { ...move, move: 'show', revision: 1 });
    await ask(moderator, 'question:move', { ...move, move: 'answer', revision: 2 });
    expect(codeOf(await vote(viewer, id))).to.equal('conflict');
    expect(codeOf(await ask(viewer, 'question:vote', { ...move, isOn: 'yes' }))).to.equal('invalid');
    day.close();
    day = await openQuestionDay(product);
    expect(codeOf(await vote((await day.openAll('viewer')).viewer, id))).to.equal('not-found');
    expect((await stored(id)).votes).to.equal(0);
  });

  it('unite their voters when merged: who voted for both counts once', async () => {
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    const { viewer, other, moderator } = await day.openAll('viewer', 'other', 'moderator');
    const third = await day.open((await seedViewer(day.eventId, day.organiserId, day.now)).cookie);
    const [gone, kept] = [await asked(viewer, day.eventId), await asked(other, day.eventId)];
    await Promise.all([
      vote(viewer, gone.id),
      vote(other, gone.id),
      vote(other, kept.id),
      vote(third, kept.id),
    ]);
    const merge = { questionId: gone.id, intoId: kept.id, revision: 1 };
    expect(codeOf(await send(viewer, 'question:merge', merge))).to.equal('not-found');
    expect(codeOf(await send(moderator, 'question:merge', { ...merge, intoId: gone.id }))).to.equal(
      'bad-request',
    );
    expect(await send(moderator, 'question:merge', merge)).to.deep.equal({ ok: true });
    expect(await stored(kept.id)).to.include({ votes: 3, mergedCount: 1, revision: 2 });
    expect(await stored(gone.id)).to.include({ state: 'archived', mergedInto: kept.id });
    const told = (await factsOf(day.eventId, 'viewers')).slice(-2);
    expect(told[0]).to.deep.equal({ name: 'question:removed', questionId: gone.id });
    expect(told[1]).to.deep.include({ name: 'question:changed' });
    const restore = { eventId: day.eventId, questionId: gone.id, move: 'restore', revision: 2 };
    expect(codeOf(await ask(moderator, 'question:move', restore))).to.equal('conflict');
    expect(
      await AuditEntryModel.countDocuments({ action: 'question:merged', 'subject.id': gone.id }),
    ).to.equal(1);
  });

  it('are put to a speaker, who alone with moderators may answer in writing', async () => {
    day = await openQuestionDay(product);
    const { viewer, other, speaker, moderator } = await day.openAll(
      'viewer',
      'other',
      'speaker',
      'moderator',
    );
    const { id } = await asked(viewer, day.eventId);
    const answer = (revision: number) => ({ questionId: id, text: 'About twice that of gas.', revision });
    expect(codeOf(await send(speaker, 'question:answer', answer(1)))).to.equal('not-found');
    const assign = (speakerId: string | null, revision: number) =>
      send(moderator, 'question:assign', { questionId: id, speakerId, revision });
    expect(codeOf(await assign('somebody', 1))).to.equal('not-found');
    expect(codeOf(await assign(day.speakerId, 1))).to.equal('ok');
    expect(await factsOf(day.eventId, 'viewers')).to.deep.equal([]);
    expect((await factsOf(day.eventId, 'backstage'))[0]).to.have.nested.property(
      'question.assignedTo',
      day.speakerId,
    );
    expect(codeOf(await send(speaker, 'question:answer', answer(1)))).to.equal('conflict');
    expect(codeOf(await send(speaker, 'question:answer', answer(2)))).to.equal('ok');
    expect(codeOf(await send(viewer, 'question:answer', answer(3)))).to.equal('not-found');
    expect(await stored(id)).to.include({ state: 'queue', revision: 3 });
    const show = { eventId: day.eventId, questionId: id, move: 'show', revision: 3 };
    await ask(moderator, 'question:move', show);
    const [seen] = (await getLiveSnapshot(day.eventId, 'viewers', day.now)).questions;
    expect(seen).to.deep.include({ assignedTo: null, state: 'visible' });
    expect(seen?.answer).to.include({ text: 'About twice that of gas.', by: 'Dr Imani Okafor' });

    const theirs = await asked(other, day.eventId, { sessionId: day.sessionIds[1] });
    const others = await asked(other, day.eventId, { sessionId: day.sessionIds[0] });
    await QuestionModel.updateMany(
      { eventId: day.eventId, askedAt: day.now, state: 'queue' },
      { $set: { state: 'visible' } },
    );
    const text = 'Yes.';
    expect(await send(speaker, 'question:answer', { questionId: theirs.id, text, revision: 1 })).to.include({
      ok: true,
    });
    expect(
      codeOf(await send(speaker, 'question:answer', { questionId: others.id, text, revision: 1 })),
    ).to.equal('forbidden');
    expect((await stored(theirs.id)).state).to.equal('answered');
  });

  it('never tell who asked without a name: not in facts, snapshots or acks, not to moderators', async () => {
    day = await openQuestionDay(product);
    const { viewer, moderator } = await day.openAll('viewer', 'moderator');
    const question = await asked(viewer, day.eventId, { isAnonymous: true });
    expect(question.author).to.equal(null);
    for (const [move, revision] of [
      ['show', 1],
      ['take-live', 2],
    ] as const)
      await ask(moderator, 'question:move', {
        eventId: day.eventId,
        questionId: question.id,
        move,
        revision,
      });
    const mine = await ask<Mine>(viewer, 'mine:read', { eventId: day.eventId });
    if (!mine.ok) throw new Error(mine.message);
    expect(mine.ownQuestions.map(({ id }) => id)).to.deep.equal([question.id]);
    const audiences = ['viewers', 'moderators', 'backstage'] as const;
    const snapshots: LiveSnapshot[] = await Promise.all(
      audiences.map((audience) => getLiveSnapshot(day.eventId, audience, day.now)),
    );
    const facts = await Promise.all(audiences.map((audience) => factsOf(day.eventId, audience)));
    const audits = await AuditEntryModel.find({ organiserId: day.organiserId }).lean();
    const out = JSON.stringify({ question, snapshots, facts, audits });
    expect(out).to.contain(question.id);
    expect(out).to.not.contain(mine.participantId);
    expect(out).to.not.contain('Rhian Beddoe');
    const kept = JSON.stringify(
      await mongoose.connection.collection('questions').findOne({ eventId: day.eventId }),
    );
    expect(kept).to.not.contain('Rhian Beddoe');
  });
});
