import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { Mine } from '../../server/contracts/live-messages.ts';
import type { LivePoll, PollTally } from '../../server/contracts/live-polls.ts';
import { getLiveSnapshot } from '../../server/live/live.queries.ts';
import { closeDuePolls } from '../../server/polls/close-due-polls.ts';
import { PollModel } from '../../server/polls/poll.model.ts';
import { PollVoteModel } from '../../server/polls/poll-vote.model.ts';
import { tallyPoll } from '../../server/polls/tally-poll.ts';
import { newId } from '../../server/platform/new-id.ts';
import { ask, join, nextFacts, type LiveSocket } from '../live/live-day.ts';
import { codeOf, factsOf, openQuestionDay, type QuestionDay } from '../questions/question-day.ts';
import { openProduct, type Product } from '../support/product.ts';

describe('polls', () => {
  let product: Product;
  let day: QuestionDay;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  afterEach(() => day.close());
  after(() => product.close());

  const draft = (given: object = {}) => ({
    eventId: day.eventId,
    pollId: null,
    clientId: newId(),
    stageId: 'main',
    kind: 'single',
    question: 'What will you replace first?',
    options: ['The boiler', 'The windows'],
    results: 'live',
    revision: 0,
    ...given,
  });
  const saved = async (socket: LiveSocket, given: object = {}) => {
    const answer = await ask<{ pollId: string }>(socket, 'poll:save', draft(given));
    if (!answer.ok) throw new Error(answer.message);
    return answer.pollId;
  };
  const move = (socket: LiveSocket, pollId: string, to: string, closesInSeconds: number | null = null) =>
    PollModel.findById(pollId)
      .lean()
      .then((poll) =>
        ask(socket, 'poll:move', {
          eventId: day.eventId,
          pollId,
          move: to,
          closesInSeconds,
          revision: poll?.revision ?? 1,
        }),
      );
  const opened = async (socket: LiveSocket, given: object = {}) => {
    const pollId = await saved(socket, given);
    await move(socket, pollId, 'open');
    return pollId;
  };
  const vote = (socket: LiveSocket, pollId: string, optionIds: string[], word: string | null = null) =>
    ask<{ tally: PollTally | null }>(socket, 'poll:vote', {
      eventId: day.eventId,
      pollId,
      choice: { optionIds, word },
    });
  const tallyIn = (answer: { ok: boolean }) => (answer as unknown as { tally: PollTally | null }).tally;

  it('are drafts that moderators alone know, until one opens them for everybody', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer } = await day.openAll('moderator', 'viewer');
    const pollId = await saved(moderator);
    for (const audience of ['viewers', 'backstage'] as const) {
      expect(await factsOf(day.eventId, audience)).to.deep.equal([]);
      expect((await getLiveSnapshot(day.eventId, audience, day.now)).polls).to.deep.equal([]);
    }
    expect((await getLiveSnapshot(day.eventId, 'moderators', day.now)).polls).to.have.length(1);
    expect(codeOf(await vote(viewer, pollId, ['o1']))).to.equal('not-found');
    await join(viewer, day.eventId);
    const heard = nextFacts(viewer);
    expect(await move(moderator, pollId, 'open', 60)).to.deep.equal({ ok: true });
    const [told] = await heard;
    if (told?.fact.name !== 'poll:changed') throw new Error('a poll was expected');
    expect(told.fact.poll).to.deep.include({
      state: 'open',
      closesAt: new Date(day.now.getTime() + 60_000).toISOString(),
      tally: {
        voters: 0,
        counts: [
          { optionId: 'o1', votes: 0 },
          { optionId: 'o2', votes: 0 },
        ],
        words: [],
      },
    });
    const change = draft({ pollId, question: 'Another?', revision: 2 });
    expect(codeOf(await ask(moderator, 'poll:save', change))).to.equal('conflict');
    expect(codeOf(await move(moderator, pollId, 'delete'))).to.equal('conflict');
    expect(await AuditEntryModel.countDocuments({ 'subject.id': pollId })).to.equal(2);
  });

  it('are drafted by moderators of the event, once for each client id, with options that fit', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer, speaker, onlooker } = await day.openAll(
      'moderator',
      'viewer',
      'speaker',
      'onlooker',
    );
    const save = async (socket: LiveSocket, given: object = {}) =>
      codeOf(await ask(socket, 'poll:save', draft(given)));
    expect(await save(viewer)).to.equal('not-found');
    expect(await save(speaker)).to.equal('not-found');
    expect(await save(onlooker)).to.equal('forbidden');
    expect(await save(moderator, { options: ['Only one'] })).to.equal('bad-request');
    expect(await save(moderator, { options: ['Same', ' same '] })).to.equal('bad-request');
    expect(await save(moderator, { stageId: 'elsewhere' })).to.equal('not-found');
    expect(await save(moderator, { options: Array.from({ length: 13 }, (_, n) => `${n}`) })).to.equal(
      'invalid',
    );
    const clientId = newId();
    const ids = await Promise.all([saved(moderator, { clientId }), saved(moderator, { clientId })]);
    expect(ids[0]).to.equal(ids[1]);
    const rating = await saved(moderator, { kind: 'rating', options: ['ignored', 'too'] });
    const texts = (await PollModel.findById(rating).lean())?.options.map(({ text }) => text);
    expect(texts).to.deep.equal(['1', '2', '3', '4', '5']);
    expect(await PollModel.countDocuments({ eventId: day.eventId })).to.equal(2);
    expect(await move(moderator, rating, 'delete')).to.deep.equal({ ok: true });
    expect((await factsOf(day.eventId, 'moderators')).at(-1)).to.deep.equal({
      name: 'poll:removed',
      pollId: rating,
    });
    const edits = await Promise.all(
      ['One?', 'Two?'].map((question) => save(moderator, { pollId: ids[0], question, revision: 1 })),
    );
    expect(edits.sort()).to.deep.equal(['conflict', 'ok']);
  });

  it('count each person once; a vote can change until the closing', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer, other } = await day.openAll('moderator', 'viewer', 'other');
    const pollId = await opened(moderator, { kind: 'multiple', options: ['A', 'B', 'C'] });
    await Promise.all([vote(viewer, pollId, ['o1', 'o2', 'o1']), vote(other, pollId, ['o2'])]);
    const changed = await vote(viewer, pollId, ['o3']);
    expect(tallyIn(changed)).to.deep.equal({
      voters: 2,
      counts: [
        { optionId: 'o1', votes: 0 },
        { optionId: 'o2', votes: 1 },
        { optionId: 'o3', votes: 1 },
      ],
      words: [],
    });
    await vote(viewer, pollId, ['o3']);
    const tallied = (await factsOf(day.eventId, 'viewers')).filter(({ name }) => name === 'poll:tallied');
    expect(tallied).to.have.length(2);
    const mine = await ask<Mine>(viewer, 'mine:read', { eventId: day.eventId });
    if (!mine.ok) throw new Error(mine.message);
    expect(mine.pollChoices).to.deep.equal([
      { pollId, choice: { optionIds: ['o3'], word: null }, tally: tallyIn(changed) },
    ]);
    await move(moderator, pollId, 'close');
    expect(codeOf(await vote(viewer, pollId, ['o1']))).to.equal('conflict');
    await move(moderator, pollId, 'reopen');
    expect(codeOf(await vote(viewer, pollId, ['o1']))).to.equal('ok');
  });

  it('take only choices that fit, from who may vote, in their own event', async () => {
    day = await openQuestionDay(product, { words: ['blithering'] });
    const { moderator, viewer, stranger, onlooker } = await day.openAll(
      'moderator',
      'viewer',
      'stranger',
      'onlooker',
    );
    const single = await opened(moderator);
    const word = await opened(moderator, { kind: 'word', options: [] });
    expect(codeOf(await vote(stranger, single, ['o1']))).to.equal('forbidden');
    expect(codeOf(await vote(onlooker, single, ['o1']))).to.equal('forbidden');
    for (const [pollId, options, text] of [
      [single, [], null],
      [single, ['o1', 'o2'], null],
      [single, ['o9'], null],
      [single, ['counts.o1'], null],
      [single, ['o1'], 'and a word'],
      [word, ['o1'], 'heat'],
      [word, [], ' '],
      [word, [], null],
    ] as const)
      expect(codeOf(await vote(viewer, pollId, [...options], text))).to.equal('bad-request');
    expect(codeOf(await vote(viewer, word, [], 'Blithering'))).to.equal('forbidden');
    expect(await PollVoteModel.countDocuments({ eventId: day.eventId })).to.equal(0);
    const first = day;
    day = await openQuestionDay(product);
    const outside = (await day.openAll('viewer')).viewer;
    expect(codeOf(await vote(outside, single, ['o1']))).to.equal('not-found');
    const results = { eventId: day.eventId, pollId: single };
    expect(codeOf(await ask(outside, 'poll:results', results))).to.equal('not-found');
    first.close();
  });

  it('fold words together and count them, the commonest first', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer, other, speaker } = await day.openAll(
      'moderator',
      'viewer',
      'other',
      'speaker',
    );
    const pollId = await opened(moderator, { kind: 'word', options: [] });
    await Promise.all([
      vote(viewer, pollId, [], '  Heat   Pumps '),
      vote(other, pollId, [], 'heat pumps'),
      vote(speaker, pollId, [], 'Cost'),
    ]);
    const tally = tallyIn(await vote(moderator, pollId, [], 'Cost'));
    expect(tally?.words).to.deep.equal([
      { word: 'cost', votes: 2 },
      { word: 'heat pumps', votes: 2 },
    ]);
    const after = tallyIn(await vote(viewer, pollId, [], 'cost'));
    expect(after?.words).to.deep.equal([
      { word: 'cost', votes: 3 },
      { word: 'heat pumps', votes: 1 },
    ]);
    expect(after?.voters).to.equal(4);
  });

  it('show the result to whom the organiser chose, when the organiser chose', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer, other } = await day.openAll('moderator', 'viewer', 'other');
    // By rule: the voter's ack, results for who voted, results for who did not, the closed poll for viewers.
    for (const [results, ack, voted, unvoted, closed] of [
      ['live', true, 'ok', 'ok', true],
      ['after-voting', true, 'ok', 'forbidden', true],
      ['after-closing', false, 'forbidden', 'forbidden', true],
      ['organisers', false, 'forbidden', 'forbidden', false],
    ] as const) {
      const pollId = await opened(moderator, { results });
      expect(tallyIn(await vote(viewer, pollId, ['o1'])) !== null, results).to.equal(ack);
      const read = { eventId: day.eventId, pollId };
      expect(codeOf(await ask(viewer, 'poll:results', read)), results).to.equal(voted);
      expect(codeOf(await ask(other, 'poll:results', read)), results).to.equal(unvoted);
      const heard = async (audience: 'viewers' | 'moderators') =>
        (await factsOf(day.eventId, audience)).filter(
          (fact) => fact.name === 'poll:tallied' && fact.pollId === pollId,
        );
      expect(await heard('viewers'), results).to.have.length(results === 'live' ? 1 : 0);
      expect(await heard('moderators')).to.have.length(1);
      await move(moderator, pollId, 'close');
      for (const audience of ['viewers', 'backstage', 'moderators'] as const) {
        const told = (await factsOf(day.eventId, audience)).at(-1) as unknown as { poll: LivePoll };
        const { polls } = await getLiveSnapshot(day.eventId, audience, day.now);
        expect(told.poll.tally !== null, results).to.equal(closed || audience === 'moderators');
        expect(polls.find(({ id }) => id === pollId)).to.deep.equal(told.poll);
      }
    }
  });

  it('count or refuse a vote that races with the closing, never half', async () => {
    day = await openQuestionDay(product);
    const { moderator } = await day.openAll('moderator');
    const pollId = await opened(moderator);
    const choice = { optionIds: ['o1'], word: null };
    const batches = Array.from({ length: 8 }, (_, batch) =>
      Array.from({ length: 20 }, (_, index) => ({ participantId: `p${batch}-${index}`, choice })),
    );
    const [, ...results] = await Promise.all([
      move(moderator, pollId, 'close'),
      ...batches.map((ballots) => tallyPoll(pollId, ballots, product.deps)),
    ]);
    const counted = results.flat().filter(({ ok }) => ok).length;
    const poll = await PollModel.findById(pollId).lean<{ state: string; voters: number; counts: object }>();
    expect(poll).to.deep.include({ state: 'closed', voters: counted });
    expect(poll?.counts).to.deep.equal(counted > 0 ? { o1: counted } : {});
    expect(await PollVoteModel.countDocuments({ pollId })).to.equal(counted);
  });

  it('close by themselves when their time is up, once, and take no vote after it', async () => {
    day = await openQuestionDay(product);
    const { moderator, viewer } = await day.openAll('moderator', 'viewer');
    const pollId = await saved(moderator);
    await move(moderator, pollId, 'open', 30);
    expect(await closeDuePolls(product.deps)).to.equal(0);
    product.clock.advance({ seconds: 30 });
    expect(codeOf(await vote(viewer, pollId, ['o1']))).to.equal('conflict');
    const closed = await Promise.all([closeDuePolls(product.deps), closeDuePolls(product.deps)]);
    expect(closed.reduce((a, b) => a + b)).to.equal(1);
    const told = (await factsOf(day.eventId, 'viewers')).at(-1) as unknown as { poll: LivePoll };
    expect(told.poll).to.include({ state: 'closed', closesAt: null });
  });
});
