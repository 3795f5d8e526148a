import { expect } from 'chai';
import type { LiveAck } from '../../../server/contracts/live-events.ts';
import {
  createShowStore,
  type ShowStart,
  type ShowStore,
} from '../../../client/islands/run-of-show/run-of-show.store.ts';
import { actByKey, createKeys } from '../../../client/islands/run-of-show/show-keys.ts';
import { askToBan, speakersOfDay } from '../../../client/islands/run-of-show/show-people.ts';
import { showView } from '../../../client/islands/run-of-show/show-view.ts';
import { createStageViewStore } from '../../../client/islands/stage-view/stage-view.store.ts';
import { daySnapshot } from './live-network.ts';

interface Sent {
  readonly name: string;
  readonly message: Record<string, unknown>;
  answer(ack: LiveAck<object>): void;
}

const onAir = { state: 'live', wentLiveAt: '2026-11-24T09:30:00.000Z', revision: 2 } as const;

/** A store whose line the test holds in its hand. */
function openShow(changes: Parameters<typeof daySnapshot>[0] = {}) {
  const start: ShowStart = {
    snapshot: daySnapshot(changes),
    seq: 0,
    now: Date.parse('2026-11-24T09:40:00Z'),
    stageId: 'main',
    path: '/console/events/e',
    audience: 'moderators',
    canDirect: true,
    notice: null,
    tab: null,
    formId: 'form-0001',
    typedAnnouncement: '',
    viewers: null,
  };
  const sent: Sent[] = [];
  let isOpen = true;
  let ids = 0;
  const store = createShowStore(start, {
    send(name, message, ack) {
      if (!isOpen) return false;
      sent.push({ name, message, answer: ack });
      return true;
    },
    newId: () => `draft-${(ids += 1)}`,
  });
  store.setConnection({ kind: 'connected' });
  return { store, sent, close: () => (isOpen = false) };
}
const clear = (store: ShowStore) => store.act('chat:clear', { stageId: 'main' }, 'It is empty.');

describe('the store of a run of show', () => {
  it('sends an act with its event, and says what it did', async () => {
    const { store, sent } = openShow();
    const acting = clear(store);
    expect(sent[0]).to.deep.include({ name: 'chat:clear', message: { eventId: 'e', stageId: 'main' } });
    sent[0]?.answer({ ok: true });
    expect(await acting).to.deep.equal({ ok: true });
    expect([store.done.value, store.notice.value]).to.deep.equal(['It is empty.', null]);
  });

  it('sends an act once however often it is pressed, again once it was answered, and others beside it', async () => {
    const { store, sent } = openShow();
    const presses = [clear(store), clear(store)];
    const other = store.act('chat:clear', { stageId: 'hall' });
    expect(sent.map(({ message }) => message['stageId'])).to.deep.equal(['main', 'hall']);
    sent[0]?.answer({ ok: true });
    sent[1]?.answer({ ok: true });
    expect(await Promise.all([...presses, other])).to.deep.equal([{ ok: true }, null, { ok: true }]);
    void clear(store);
    expect(sent).to.have.length(3);
  });

  it('says a refusal in the words of the server, and forgets it with the next act that worked', async () => {
    const { store, sent } = openShow();
    const refused = clear(store);
    sent[0]?.answer({ ok: false, code: 'conflict', message: 'Somebody else was quicker.' });
    expect(await refused).to.equal(null);
    expect([store.notice.value, store.done.value]).to.deep.equal(['Somebody else was quicker.', null]);
    const worked = clear(store);
    sent[1]?.answer({ ok: true });
    await worked;
    expect(store.notice.value).to.equal(null);
  });

  it('says that a press moved nothing', async () => {
    const { store, sent } = openShow();
    const message = { sessionId: 'a', minutes: 5, revision: 1 };
    const acting = store.act('session:extend', message, 'Extended.');
    sent[0]?.answer({ ok: true, moved: false, message: 'It has ended.' } as LiveAck<object>);
    await acting;
    expect([store.notice.value, store.done.value]).to.deep.equal(['It has ended.', null]);
  });

  it('without a line changes nothing and says so; one that drops leaves no act waiting for ever', async () => {
    const { store, sent, close } = openShow();
    const lost = clear(store);
    store.setConnection({ kind: 'lost' });
    expect(await lost).to.equal(null);
    expect(store.notice.value).to.include('dropped before the answer came');
    // An answer that comes after all is too late to be believed.
    sent[0]?.answer({ ok: true });
    expect(store.notice.value).to.include('dropped before');
    close();
    expect(await clear(store)).to.equal(null);
    expect(store.notice.value).to.include('no connection just now');
  });

  it('keeps the id of a draft until it is renewed, so that sending again makes nothing twice', () => {
    const { store } = openShow();
    const first = store.draftId('poll');
    expect(store.draftId('poll')).to.equal(first);
    expect(store.draftId('announcement')).to.not.equal(first);
    store.renewDraft('poll');
    expect(store.draftId('poll')).to.not.equal(first);
  });

  it('asks before a ban, says whom it hits, and sends it only when confirmed', () => {
    const { store, sent } = openShow();
    askToBan(store, { id: 'p1', name: 'Rhian Beddoe' });
    expect(store.confirmation.value?.text).to.include('Rhian Beddoe leaves').and.to.include('every device');
    expect(sent).to.have.length(0);
    store.confirmation.value?.act();
    expect(sent[0]).to.deep.include({
      name: 'viewer:ban',
      message: { eventId: 'e', participantId: 'p1', isBanned: true },
    });
  });

  it('names speakers only where names and ids belong together', () => {
    const a = { speakerIds: ['s1', 's2'], speakers: ['Anwen Pryce', 'Kofi Owusu'] };
    const c = { speakerIds: ['s3', 's4'], speakers: ['Imran Qureshi'] };
    expect(speakersOfDay(daySnapshot({ a, c }))).to.deep.equal([
      { id: 's1', name: 'Anwen Pryce' },
      { id: 's2', name: 'Kofi Owusu' },
    ]);
  });
});

describe('single keys of a run of show', () => {
  it('press what the buttons press, and ask before the end', () => {
    const scheduled = openShow();
    const keys = createKeys();
    expect(actByKey('g', scheduled.store, keys, true)).to.equal(true);
    expect(scheduled.sent[0]?.message).to.include({ sessionId: 'a', move: 'go-live', revision: 1 });

    const { store, sent } = openShow({ a: onAir });
    store.hearViewers(318);
    actByKey('X', store, keys, true);
    expect(sent).to.have.length(0);
    expect(store.confirmation.value?.text).to.include('318 people who are watching');
    actByKey('e', store, keys, true);
    expect(sent[0]).to.deep.include({
      name: 'session:extend',
      message: { eventId: 'e', sessionId: 'a', minutes: 5, revision: 2 },
    });
    // The first is still on its way: a second press of any key does nothing.
    actByKey('p', store, keys, true);
    expect(sent).to.have.length(1);
    sent[0]?.answer({ ok: true });
  });

  it('press what comes next as soon as the session moved on, though the last answer is still on its way', () => {
    const { store, sent } = openShow();
    const keys = createKeys();
    actByKey('g', store, keys, true);
    store.accept({ snapshot: daySnapshot({ a: onAir }), snapshotSeq: 1, facts: [] } as never, null);
    actByKey('p', store, keys, true);
    expect(sent.map(({ message }) => message['move'])).to.deep.equal(['go-live', 'pause']);
  });

  it('do nothing for who only looks on, nor when they are switched off', () => {
    const { store, sent } = openShow();
    const keys = createKeys();
    expect(actByKey('g', store, keys, false)).to.equal(false);
    keys.areOn.value = false;
    for (const key of ['g', 'p', 'e', 'x', '?'])
      expect(actByKey(key, store, keys, true), key).to.equal(false);
    expect(keys.isListShown.value).to.equal(false);
    keys.areOn.value = true;
    actByKey('?', store, keys, false);
    expect(keys.isListShown.value).to.equal(true);
    expect(actByKey('q', store, keys, true)).to.equal(false);
    expect(sent).to.have.length(0);
  });

  it('extend nothing that is not on air', () => {
    const { store, sent } = openShow();
    actByKey('e', store, createKeys(), true);
    actByKey('x', store, createKeys(), true);
    expect([sent.length, store.confirmation.value]).to.deep.equal([0, null]);
  });
});

describe('the run of show of a cancelled event', () => {
  it('speaks of no normal day, and has no button to press', () => {
    const day = daySnapshot();
    const event = { ...day.event, status: 'cancelled', cancellationReason: 'Snow' } as const;
    const view = showView({ ...day, event }, 'main', Date.parse('2026-11-24T09:40:00Z'));
    expect(view).to.include({ heading: 'This event is cancelled', note: 'Snow', current: null, late: null });
    expect(view.actions.map(({ session }) => session)).to.deep.equal([null, null, null, null]);
    expect(JSON.stringify(view)).to.not.match(/Every session has run|The day has run|Nothing left/);
  });
});

describe('the store of a stage view', () => {
  const shown = { kind: 'question', text: 'Why?', by: null, votes: 1 } as const;
  it('takes what is new, keeps what it has while the line is down, and stops at a dead address', async () => {
    const tags: (string | null)[] = [];
    const answers = [
      () => Promise.resolve({ status: 200, tag: '"1"', shown }),
      () => Promise.resolve({ status: 304, tag: '"1"', shown: null }),
      () => Promise.reject(new Error('offline')),
      () => Promise.resolve({ status: 503, tag: null, shown: null }),
      () => Promise.resolve({ status: 404, tag: null, shown: null }),
    ];
    let turn = 0;
    const store = createStageViewStore({ shown: { kind: 'nothing' }, itemPath: '/x/item' }, (_path, tag) => {
      tags.push(tag);
      return answers[turn++]!();
    });
    for (let good = 0; good < 4; good += 1) {
      expect(await store.refresh()).to.equal(true);
      expect(store.shown.value).to.deep.equal(shown);
    }
    expect(tags).to.deep.equal([null, '"1"', '"1"', '"1"']);
    expect(await store.refresh()).to.equal(false);
    expect(store.shown.value).to.deep.equal({ kind: 'nothing' });
  });
});
