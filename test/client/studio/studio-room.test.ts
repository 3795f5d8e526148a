import { expect } from 'chai';
import type { LiveAck } from '../../../server/contracts/live-events.ts';
import type { EnteredStudio, StudioSeat } from '../../../server/contracts/studio-room.ts';
import { createRoom } from '../../../client/islands/studio/studio-room.store.ts';
import { createTimers } from '../../../client/islands/studio/timers.ts';
import { until } from '../../support/until.ts';

type Answer = LiveAck<EnteredStudio> | null;
const host: StudioSeat = { peerId: 'host-page', participantId: 'hannah', role: 'host', name: 'Hannah' };
const me: StudioSeat = { peerId: 'page-1', participantId: 'ann', role: 'guest', name: 'Ann' };

const room = (revision: number, seats: StudioSeat[] = [host, me]): Answer => ({
  ok: true,
  room: { revision, seats },
  iceServers: [],
});
const no = (code: 'conflict' | 'forbidden' | 'unavailable', message = 'No.'): Answer => ({
  ok: false,
  code,
  message,
});

/** A page whose questions are answered by `answers`, in turn, the last again and again. */
function pageWith(answers: Answer[]) {
  let clock = 0;
  let made = 0;
  const timers = createTimers(() => clock);
  const asked: { peerId: string; isNew: boolean }[] = [];
  const left: string[] = [];
  const store = createRoom({
    later: timers.later,
    enter(seat) {
      asked.push(seat);
      return Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? null);
    },
    leave: (peerId) => void left.push(peerId),
    newPeerId: () => `page-${++made}`,
  });
  const pass = (ms: number) => {
    clock += ms;
    timers.tick();
  };
  const isNow = (kind: string) => until(kind, () => store.state.value.kind === kind);
  return { store, asked, left, pass, isNow };
}

describe('being in the backstage room', () => {
  it('is said again every eight seconds, until the page leaves', async () => {
    const { store, asked, left, pass, isNow } = pageWith([room(1)]);
    store.enter();
    await isNow('in');
    expect(store.seats.value).to.deep.equal([host, me]);
    pass(8_000);
    await until('a beat', () => asked.length === 2);
    expect(asked).to.deep.equal([
      { peerId: 'page-1', isNew: true },
      { peerId: 'page-1', isNew: false },
    ]);
    store.leave();
    expect([store.state.value.kind, left, store.seats.value]).to.deep.equal(['out', ['page-1'], []]);
    pass(60_000);
    expect(asked).to.have.length(2);
  });

  it('goes by the newest news, whichever way it came', async () => {
    const { store, asked, pass, isNow } = pageWith([room(5), room(6)]);
    store.enter();
    await isNow('in');
    store.hear({ revision: 7, seats: [me] });
    expect(store.seats.value).to.deep.equal([me]);
    store.hear({ revision: 6, seats: [host, me] });
    pass(8_000);
    await until('an answer that is older', () => asked.length === 2);
    await Promise.resolve();
    expect(store.seats.value).to.deep.equal([me]);
  });

  it('ends with a sentence when the room is full or closed to this person', async () => {
    const full = pageWith([no('conflict', 'Four guests are in the room.')]);
    full.store.enter();
    await full.isNow('full');
    expect(full.store.state.value).to.include({ message: 'Four guests are in the room.' });
    full.pass(60_000);
    expect(full.asked).to.have.length(1);
    const closed = pageWith([no('forbidden')]);
    closed.store.enter();
    await closed.isNow('refused');
  });

  it('asks again while no answer comes, keeping who was there, and is in again by itself', async () => {
    const { store, asked, pass, isNow } = pageWith([room(1), null, no('unavailable'), room(2)]);
    store.enter();
    await isNow('in');
    pass(8_000);
    await isNow('lost');
    expect(store.seats.value).to.deep.equal([host, me]);
    pass(2_000);
    await until('another question', () => asked.length === 3);
    await Promise.resolve();
    pass(2_000);
    await isNow('in');
  });

  it('is over when the seat went to another tab, and does not take it back', async () => {
    const { store, asked, pass, isNow } = pageWith([room(1), room(3, [host])]);
    store.enter();
    await isNow('in');
    store.hear({ revision: 3, seats: [host] });
    await isNow('replaced');
    pass(60_000);
    expect(asked.map(({ isNew }) => isNew)).to.deep.equal([true, false]);
    store.enter();
    expect(asked.at(-1)).to.deep.equal({ peerId: 'page-2', isNew: true });
  });

  it('is not gone on with when the page left before the answer came', async () => {
    const { store, isNow } = pageWith([room(1)]);
    store.enter();
    store.leave();
    await Promise.resolve();
    await isNow('out');
    expect(store.seats.value).to.deep.equal([]);
  });
});
