import { expect } from 'chai';
import { mine, polls, questions, votedMine } from '../../support/pages/live-room-fixture.ts';
import { openPart, settled } from './part-room.ts';

const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
const [, q2] = questions;
const [single, multiple] = polls;

describe('questions of a live room', () => {
  it('are sorted by votes or by age, with what is answered now on top and one’s own that waits', () => {
    const newer = { ...q2!, id: 'q7', votes: 2, askedAt: '2026-11-24T09:39:00.000Z' };
    const { part } = openPart({ questions: [...questions, newer] }, { mine });
    expect(ids(part.questions.now.value)).to.deep.equal(['q1']);
    expect(ids(part.questions.open.value)).to.deep.equal(['q2', 'q7', 'q3']);
    part.questions.order.value = 'newest';
    expect(part.questions.open.value[0]?.id).to.equal('q7');
    expect(ids(part.questions.waiting.value)).to.deep.equal(['q6']);
    expect(part.questions.count.value).to.equal(7);
  });

  it('count a vote at once, believe the server’s count, and take it back when it was refused', async () => {
    const room = openPart({}, { mine });
    const { questions: store } = room.part;
    const now = () => room.live.snapshot.value.questions.find(({ id }) => id === 'q2')!;
    void store.vote(now());
    expect([store.hasVoted('q2'), store.votes(now())]).to.deep.equal([true, 32]);
    await room.asked[0]?.answer({ ok: true });
    room.hear({ name: 'questions:tallied', votes: [{ id: 'q2', votes: 35 }] });
    expect(store.votes(now())).to.equal(35);
    void store.vote(now());
    expect([store.hasVoted('q2'), store.votes(now())]).to.deep.equal([false, 34]);
    await room.asked[1]?.answer({ ok: false, code: 'conflict', message: 'It is over.' });
    expect([store.hasVoted('q2'), store.votes(now())]).to.deep.equal([true, 35]);
    expect(store.problem.value).to.equal('It is over.');
  });

  it('are pressed twice without counting twice', () => {
    const { part } = openPart({}, { mine });
    void part.questions.vote(q2!);
    void part.questions.vote(q2!);
    expect([part.questions.hasVoted('q2'), part.questions.votes(q2!)]).to.deep.equal([false, 31]);
  });

  it('keep what was typed while the line is down, and are one question when asked again', async () => {
    const room = openPart({}, { mine });
    const { questions: store } = room.part;
    store.draft.value = 'Why?';
    store.isAnonymous.value = true;
    void store.ask();
    await room.asked[0]?.answer(null);
    expect([store.draft.value, store.isAsking.value]).to.deep.equal(['Why?', false]);
    expect(store.refusal.value).to.include('kept here');
    void store.ask();
    expect(room.asked[1]?.message).to.deep.equal(room.asked[0]?.message);
    expect(room.asked[1]?.message).to.include({ sessionId: 'a', isAnonymous: true, stageId: 'main' });
    await room.asked[1]?.answer({ ok: true, question: { ...q2!, id: 'q8', state: 'queue' } });
    expect(store.draft.value).to.equal('');
    expect(ids(store.waiting.value)).to.deep.equal(['q6', 'q8']);
    room.hear({ name: 'question:changed', question: { ...q2!, id: 'q8', state: 'live', revision: 2 } });
    expect(ids(store.waiting.value)).to.deep.equal(['q6']);
    expect(store.isMineAnswered.value).to.equal(true);
  });
});

describe('polls of a live room', () => {
  it('take one choice or several, and say what is missing', async () => {
    const room = openPart();
    const store = room.part.polls;
    await store.vote(single!);
    expect(store.problems.value.get('p1')).to.equal('Choose an answer first');
    store.pick(single!, 'o0', true);
    store.pick(single!, 'o1', true);
    expect(store.draft('p1').optionIds).to.deep.equal(['o1']);
    store.pick(multiple!, 'o0', true);
    store.pick(multiple!, 'o2', true);
    store.pick(multiple!, 'o0', false);
    expect(store.draft('p2').optionIds).to.deep.equal(['o2']);
    void store.vote(single!);
    expect(room.asked[0]?.message).to.deep.equal({ pollId: 'p1', choice: { optionIds: ['o1'], word: null } });
  });

  it('show the result after voting, let the vote be changed, and keep asking for the result', async () => {
    const room = openPart();
    const store = room.part.polls;
    const tally = { voters: 1, counts: [{ optionId: 'o1', votes: 1 }], words: [] };
    expect([store.isVoting(single!), store.tally(single!)]).to.deep.equal([true, null]);
    store.pick(single!, 'o1', true);
    void store.vote(single!);
    await room.asked[0]?.answer({ ok: true, tally });
    expect([store.isVoting(single!), store.tally(single!)]).to.deep.equal([false, tally]);
    store.change('p1');
    expect(store.isVoting(single!)).to.equal(true);
    await room.pass(20_000);
    room.part.settle();
    expect(room.asked[1]).to.deep.include({ name: 'poll:results', message: { pollId: 'p1' } });
    await room.asked[1]?.answer({ ok: true, tally: { ...tally, voters: 9 } });
    expect(store.tally(single!)?.voters).to.equal(9);
    room.part.settle();
    expect(room.asked).to.have.length(2);
  });

  it('remember from the server how this person voted, and keep a refused vote in the form', async () => {
    const room = openPart({}, { mine: votedMine });
    const store = room.part.polls;
    expect(store.choice('p1')?.optionIds).to.deep.equal(['o1']);
    expect(store.tally({ ...single!, results: 'organisers', tally: null })).to.equal(null);
    store.change('p1');
    store.pick(single!, 'o2', true);
    void store.vote(single!);
    await room.asked[0]?.answer({ ok: false, code: 'conflict', message: 'This poll is closed.' });
    expect(store.problems.value.get('p1')).to.equal('This poll is closed.');
    expect([store.draft('p1').optionIds, store.choice('p1')?.optionIds]).to.deep.equal([['o2'], ['o1']]);
  });
});

describe('taps, notices and the hand', () => {
  it('gathers taps into one message a second, ten of a kind at most', async () => {
    const room = openPart();
    room.part.taps.tap('applause');
    await room.pass(0);
    expect(room.asked[0]?.message).to.deep.equal({ stageId: 'main', taps: { applause: 1 } });
    for (let tap = 0; tap < 14; tap += 1) room.part.taps.tap('applause');
    room.part.taps.tap('love');
    await room.pass(999);
    expect(room.asked).to.have.length(1);
    await room.pass(1);
    expect(room.asked[1]?.message).to.deep.equal({ stageId: 'main', taps: { applause: 10, love: 1 } });
    await room.pass(5_000);
    expect(room.asked).to.have.length(2);
  });

  it('lets what others tapped rise for a moment, on this stage only', async () => {
    const room = openPart();
    room.part.taps.hear({ eventId: 'e', stageId: 'workshops', taps: { love: 3 } });
    room.part.taps.hear({ eventId: 'e', stageId: 'main', taps: { applause: 12 } });
    expect(room.part.taps.rising.value).to.have.length(1);
    await room.pass(2_500);
    expect(room.part.taps.rising.value).to.deep.equal([]);
  });

  it('drops an announcement when it expires by the server’s clock, and when it is hidden', async () => {
    const notice = {
      id: 'n1',
      kind: 'notice',
      urgency: 'polite',
      text: 'x',
      at: '2026-11-24T09:38:00.000Z',
    } as const;
    const room = openPart({
      announcements: [
        { ...notice, expiresAt: '2026-11-24T09:41:00.000Z' },
        { ...notice, id: 'n2', expiresAt: null },
        { ...notice, id: 'n3', kind: 'incident', expiresAt: null },
      ],
    });
    const { notices } = room.part;
    expect([ids(notices.notices.value), ids(notices.incidents.value)]).to.deep.equal([['n1', 'n2'], ['n3']]);
    await room.pass(60_000);
    notices.hide('n2');
    expect([ids(notices.notices.value), ids(notices.incidents.value)]).to.deep.equal([[], ['n3']]);
  });

  it('lowers the hand again when it was not taken, and reads what is one’s own after each join', async () => {
    const room = openPart();
    void room.part.person.toggleHand();
    expect(room.part.person.hasRaisedHand.value).to.equal(true);
    await room.asked[0]?.answer({ ok: false, code: 'forbidden', message: 'Hands are down.' });
    expect(room.part.person.hasRaisedHand.value).to.equal(false);
    room.part.joined();
    expect(room.asked).to.have.length(1);
    await room.pass(1_500);
    expect(room.asked[1]?.name).to.equal('mine:read');
    await room.asked[1]?.answer({ ok: true, ...mine, silencedUntil: '2026-11-24T09:50:00.000Z' });
    expect(room.part.person.silencedUntil.value).to.equal('2026-11-24T09:50:00.000Z');
    await room.pass(600_000);
    expect(room.part.person.silencedUntil.value).to.equal(null);
    await settled();
  });
});
