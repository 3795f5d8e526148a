import { expect } from 'chai';
import type { Mine } from '../../server/contracts/live-messages.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { newId } from '../../server/platform/new-id.ts';
import { ask } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { asked, codeOf, openQuestionDay, type QuestionDay } from './question-day.ts';

describe('what is one person’s own in a live room', () => {
  let product: Product;
  let day: QuestionDay;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => day.close());
  after(() => product.close());

  it('is theirs alone: questions that wait, reactions, a raised hand, silence', async function () {
    this.timeout(20_000);
    day = await openQuestionDay(product);
    const { eventId } = day;
    const { viewer, other, stranger } = await day.openAll('viewer', 'other', 'stranger');
    const question = await asked(viewer, eventId);
    const said = await ask<{ message: { id: string } }>(other, 'chat:post', {
      eventId,
      channel: 'stage',
      stageId: 'main',
      clientId: newId(),
      text: 'Bore da',
      replyToId: null,
    });
    if (!said.ok) throw new Error(said.message);
    const messageId = said.message.id;
    await ask(viewer, 'chat:react', { eventId, messageId, kind: 'thanks', isOn: true });
    const silencedUntil = new Date(day.now.getTime() + 60_000);
    const mine = await ask<Mine>(viewer, 'mine:read', { eventId });
    if (!mine.ok) throw new Error(mine.message);
    expect(mine).to.deep.include({
      name: 'Rhian Beddoe',
      role: 'attendee',
      silencedUntil: null,
      hasRaisedHand: false,
      votedQuestionIds: [],
      ownQuestions: [question],
      pollChoices: [],
      reactedMessages: [{ messageId, kind: 'thanks' }],
    });
    await ParticipantModel.updateOne(
      { _id: mine.participantId },
      { $set: { silencedUntil, raisedHandAt: day.now } },
    );
    expect(await ask(viewer, 'mine:read', { eventId })).to.deep.include({
      silencedUntil: silencedUntil.toISOString(),
      hasRaisedHand: true,
    });
    expect(await ask(other, 'mine:read', { eventId })).to.deep.include({
      silencedUntil: null,
      hasRaisedHand: false,
      ownQuestions: [],
      reactedMessages: [],
    });
    expect(codeOf(await ask(stranger, 'mine:read', { eventId }))).to.equal('forbidden');
  });

  it('holds an answer no sooner than everybody sees it', async () => {
    day = await openQuestionDay(product);
    const { eventId } = day;
    const { moderator, viewer } = await day.openAll('moderator', 'viewer');
    const { id: questionId } = await asked(viewer, eventId);
    const answerOf = async () => {
      const mine = await ask<Mine>(viewer, 'mine:read', { eventId });
      return mine.ok ? mine.ownQuestions[0]?.answer?.text : mine.code;
    };
    const answer = { eventId, questionId, text: 'Next year', revision: 1 };
    expect(codeOf(await ask(moderator, 'question:answer', answer))).to.equal('ok');
    expect(await answerOf()).to.equal(undefined);
    const show = { eventId, questionId, move: 'show', revision: 2 };
    expect(codeOf(await ask(moderator, 'question:move', show))).to.equal('ok');
    expect(await answerOf()).to.equal('Next year');
  });
});
