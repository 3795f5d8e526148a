import { signal } from '@preact/signals';
import { expect } from 'chai';
import type { StudioSeat } from '../../../server/contracts/studio-room.ts';
import type { PeerState } from '../../../client/islands/studio/guest-line.ts';
import { isWeakLine } from '../../../client/islands/studio/line-quality.ts';
import { guestWords, hostWords, lineWords } from '../../../client/islands/studio/room-words.ts';
import { createTimers } from '../../../client/islands/studio/timers.ts';
import { createCast } from '../../../client/islands/studio/studio-cast.store.ts';

const ann: StudioSeat = { peerId: 'ann-page', participantId: 'ann', role: 'guest', name: 'Ann' };
const bob: StudioSeat = { peerId: 'bob-page', participantId: 'bob', role: 'guest', name: 'Bob' };
const host: StudioSeat = { peerId: 'host-page', participantId: 'hannah', role: 'host', name: 'Hannah' };

function castOf(...first: StudioSeat[]) {
  const seats = signal<readonly StudioSeat[]>([host, ...first]);
  const lines = signal<ReadonlyMap<string, PeerState>>(new Map());
  const isShown = signal(true);
  const line = { isThere: true };
  let clock = 0;
  const timers = createTimers(() => clock);
  const pass = (ms: number) => {
    clock += ms;
    timers.tick();
  };
  const told: string[] = [];
  const cast = createCast({
    seats,
    lines,
    isShown,
    later: timers.later,
    send(to, said) {
      if (said.kind === 'standing') told.push(`${to} ${said.isOnAir} ${said.isMuted}`);
      return Promise.resolve(line.isThere);
    },
  });
  const set = (peerId: string, state: PeerState) =>
    void (lines.value = new Map(lines.value).set(peerId, state));
  const onAir = () => cast.onAir.value.map(({ peerId }) => peerId);
  return { cast, seats, set, told, onAir, isShown, line, pass };
}

describe('the host’s guests', () => {
  it('begin off air, go into the picture when they are put on air and connected, and are told', () => {
    const { cast, set, told, onAir } = castOf(ann, bob);
    expect(cast.guests.value.map(({ name, isOnAir }) => [name, isOnAir])).to.deep.equal([
      ['Ann', false],
      ['Bob', false],
    ]);
    cast.decide('ann-page', { isOnAir: true });
    expect([onAir(), told]).to.deep.equal([[], []]);
    set('ann-page', 'connected');
    expect([onAir(), told]).to.deep.equal([['ann-page'], ['ann-page true false']]);
    cast.decide('ann-page', { isMuted: true });
    cast.decide('ann-page', { label: 'Ann Lee', isNamed: true });
    expect(told).to.deep.equal(['ann-page true false', 'ann-page true true']);
    expect(cast.guests.value[0]).to.include({ label: 'Ann Lee', isNamed: true });
  });

  it('hear that viewers get them when what the host composes goes on air', () => {
    const { cast, set, told, onAir, isShown } = castOf(ann);
    isShown.value = false;
    cast.decide('ann-page', { isOnAir: true });
    set('ann-page', 'connected');
    expect([onAir(), told.at(-1)]).to.deep.equal([['ann-page'], 'ann-page false false']);
    isShown.value = true;
    expect(told.at(-1)).to.equal('ann-page true false');
  });

  it('are told again what did not arrive, until it has', async () => {
    const { cast, set, told, line, pass } = castOf(ann);
    line.isThere = false;
    cast.decide('ann-page', { isOnAir: true });
    set('ann-page', 'connected');
    await Promise.resolve();
    pass(2_000);
    line.isThere = true;
    await Promise.resolve();
    pass(2_000);
    await Promise.resolve();
    pass(60_000);
    expect(told).to.deep.equal(Array<string>(3).fill('ann-page true false'));
  });

  it('fall out of the picture with their connection, and come back as they were, told again', () => {
    const { cast, set, told, onAir, seats } = castOf(ann);
    cast.decide('ann-page', { isOnAir: true, isMuted: true });
    set('ann-page', 'connected');
    set('ann-page', 'disturbed');
    expect(onAir()).to.deep.equal([]);
    seats.value = [host];
    expect(cast.guests.value).to.deep.equal([]);
    seats.value = [host, ann];
    set('ann-page', 'connected');
    expect(onAir()).to.deep.equal(['ann-page']);
    expect(told).to.deep.equal(['ann-page true true', 'ann-page true true']);
  });

  it('begin off air when they come with another page', () => {
    const { cast, set, onAir, seats } = castOf(ann);
    cast.decide('ann-page', { isOnAir: true });
    set('ann-page', 'connected');
    seats.value = [host, { ...ann, peerId: 'ann-page-2' }];
    set('ann-page-2', 'connected');
    expect(onAir()).to.deep.equal([]);
    cast.decide('nobody', { isOnAir: true });
    expect(onAir()).to.deep.equal([]);
  });

  it('begin off air when somebody else comes with the page that another had', () => {
    const { cast, set, onAir, seats } = castOf(ann);
    cast.decide('ann-page', { isOnAir: true, label: 'Dr Ann Lee', isNamed: true });
    set('ann-page', 'connected');
    seats.value = [host, { ...bob, peerId: 'ann-page' }];
    expect(onAir()).to.deep.equal([]);
    expect(cast.guests.value[0]).to.include({ name: 'Bob', label: 'Bob', isOnAir: false });
    seats.value = [host, ann];
    expect(onAir()).to.deep.equal(['ann-page']);
  });

  it('are said to be connected well, weakly or not', () => {
    const before = { packets: 1_000, lost: 10, pictures: 300, at: 10_000 };
    const after = (changes: object) => ({ packets: 1_200, lost: 12, pictures: 350, at: 12_000, ...changes });
    expect(isWeakLine(before, after({}))).to.equal(false);
    expect(isWeakLine(before, after({ lost: 30 }))).to.equal(true);
    expect(isWeakLine(before, after({ pictures: 310 }))).to.equal(true);
    expect(isWeakLine(before, before)).to.equal(false);
    const { cast } = castOf(ann);
    cast.setWeak('ann-page', true);
    expect(cast.guests.value[0]).to.include({ isWeak: true });
    cast.setWeak('ann-page', false);
    expect(cast.guests.value[0]).to.include({ isWeak: false });
    expect(lineWords({ line: 'connected', isWeak: false })).to.equal('Good connection');
    expect(lineWords({ line: 'connected', isWeak: true })).to.equal('Weak connection');
    expect(lineWords({ line: 'disturbed', isWeak: false })).to.equal('Lost, coming back');
    expect(lineWords({ line: 'none', isWeak: true })).to.equal('Connecting');
  });
});

describe('the words of the backstage room', () => {
  const off = { isOnAir: false, isMuted: false };
  it('tell a guest every state apart, and what the host decided', () => {
    const states = [
      guestWords({ kind: 'entering' }, 'off', off),
      guestWords({ kind: 'in' }, 'waiting', off),
      guestWords({ kind: 'in' }, 'connecting', off),
      guestWords({ kind: 'in' }, 'connected', off),
      guestWords({ kind: 'in' }, 'connected', { isOnAir: true, isMuted: false }),
      guestWords({ kind: 'in' }, 'connected', { isOnAir: true, isMuted: true }),
      guestWords({ kind: 'in' }, 'again', off),
      guestWords({ kind: 'lost' }, 'waiting', off),
      guestWords({ kind: 'replaced', message: 'In another page.' }, 'off', off),
      guestWords({ kind: 'full', message: 'The room is full.' }, 'off', off),
    ];
    expect(new Set(states).size).to.equal(states.length);
    expect(states[5]).to.include('on air').and.include('muted');
    expect(states.at(-1)).to.equal('The room is full.');
    expect(guestWords({ kind: 'out' }, 'off', off)).to.equal('');
  });

  it('keep a guest who is connected in the room while the server is away', () => {
    expect(guestWords({ kind: 'lost' }, 'connected', off)).to.include('in the room');
    expect(hostWords({ kind: 'lost' }, 2)).to.include('stay');
  });

  it('tell the host how many are here, also when they come and go', () => {
    const said = [0, 1, 2].map((count) => hostWords({ kind: 'in' }, count));
    expect(said).to.deep.equal([
      'The room is open. Nobody is here yet.',
      'One guest is here.',
      '2 guests are here.',
    ]);
  });
});
