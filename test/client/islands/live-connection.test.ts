import { expect } from 'chai';
import fc from 'fast-check';
import { connectLive, type Surroundings } from '../../../client/islands/live-room/live-connection.ts';
import { createLiveStore } from '../../../client/islands/live-room/live-room.store.ts';
import { daySnapshot, FakeServer, FakeSocket } from './live-network.ts';

function openPage(outside: Partial<Surroundings> = {}) {
  const server = new FakeServer();
  const socket = new FakeSocket(server);
  const store = createLiveStore({ snapshot: daySnapshot(), seq: 0, now: 0, stageId: 'main' });
  let timers: { work: () => void; ms: number }[] = [];
  const runTimers = () => {
    const due = timers;
    timers = [];
    for (const { work } of due) work();
  };
  connectLive(
    socket.asClient(),
    store,
    { eventId: 'e', audience: 'viewers' },
    {
      now: () => 0,
      later: (work, ms) => void timers.push({ work, ms }),
      random: () => 0.5,
      fetchRoom: () => Promise.resolve(null),
      ...outside,
    },
  );
  return { server, socket, store, runTimers, timers: () => timers };
}

describe('the connection of a live page', () => {
  it('ends with the server’s log, whatever drops, doubles, overtakes or restarts on the way', () => {
    const step = fc.constantFrom(
      'append',
      'append',
      'lost',
      'twice',
      'overtake',
      'deliver',
      'drop',
      'accept',
      'timers',
      'restart',
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { server, socket, store, runTimers } = openPage();
        const states = ['live', 'paused', 'ended'] as const;
        const append = () => server.append(states[server.facts.length % 3]!);
        for (const name of steps) {
          if (name === 'append') socket.push(append());
          if (name === 'lost') append();
          if (name === 'twice') socket.push(...[append()], ...server.facts.slice(-2));
          if (name === 'overtake') socket.reorder();
          if (name === 'deliver') socket.deliver();
          if (name === 'drop') socket.drop();
          if (name === 'restart') socket.fire('live:drained', { retryAfterMs: 5 });
          if (name === 'accept') socket.accept();
          if (name === 'timers') runTimers();
        }
        // At last the line holds.
        socket.drop();
        socket.wantsToConnect = true;
        socket.accept();
        while (socket.deliver());
        expect(store.seq.value).to.equal(server.facts.length);
        expect(store.snapshot.value).to.deep.equal(server.snapshot);
        expect(store.connection.value.kind).to.equal('connected');
      }),
      { numRuns: 500 },
    );
  });

  it('notices a gap and asks for what is missing at once', () => {
    const { server, socket, store } = openPage();
    socket.accept();
    socket.deliver();
    server.append('live');
    socket.push(server.append('paused'));
    socket.deliver();
    expect(store.seq.value).to.equal(0);
    expect(socket.asked.at(-1)).to.include({ lastSeq: 0 });
    socket.deliver();
    expect(store.seq.value).to.equal(2);
    expect(store.snapshot.value.sessions[0]?.state).to.equal('paused');
  });

  it('believes a log that was restored from an older copy', () => {
    const { server, socket, store } = openPage();
    socket.accept();
    for (const state of ['live', 'paused', 'live'] as const) socket.push(server.append(state));
    while (socket.deliver());
    expect(store.seq.value).to.equal(3);
    server.facts = [];
    server.snapshot = daySnapshot();
    socket.drop();
    socket.wantsToConnect = true;
    socket.accept();
    while (socket.deliver());
    expect(store.seq.value).to.equal(0);
    expect(store.snapshot.value).to.deep.equal(daySnapshot());
  });

  it('leaves when the server drains and comes back after the time it was told', () => {
    const { socket, store, timers, runTimers } = openPage();
    socket.accept();
    socket.deliver();
    socket.fire('live:drained', { retryAfterMs: 1234 });
    expect(socket.connected).to.equal(false);
    expect(socket.wantsToConnect).to.equal(false);
    expect(store.connection.value.kind).to.equal('restarting');
    expect(timers().map(({ ms }) => ms)).to.include(1234);
    runTimers();
    expect(socket.wantsToConnect).to.equal(true);
  });

  it('stays away once it was refused, with the reason on the page', () => {
    const { socket, store, runTimers } = openPage();
    socket.accept();
    socket.fire('live:refused', { code: 'not-signed-in', message: 'You have been signed out.' });
    runTimers();
    expect(socket.wantsToConnect).to.equal(false);
    expect(store.connection.value).to.deep.equal({ kind: 'refused', message: 'You have been signed out.' });
  });

  it('asks over plain HTTP while no socket gets through', async () => {
    const live = daySnapshot({ a: { state: 'live', revision: 2 } });
    const { socket, store, runTimers } = openPage({
      fetchRoom: () => Promise.resolve({ snapshot: live, seq: 1, now: 0 }),
    });
    socket.fire('connect_error', new Error('blocked'));
    expect(store.connection.value.kind).to.equal('lost');
    runTimers();
    await new Promise(setImmediate);
    expect(store.connection.value.kind).to.equal('asking');
    expect(store.snapshot.value).to.deep.equal(live);
  });
});

describe('the clock of a live page', () => {
  it('is the server’s, by the quickest answer, however wrong the browser’s own is', () => {
    const store = createLiveStore({ snapshot: daySnapshot(), seq: 0, now: 1_000_000, stageId: null });
    store.tick(5_000_000);
    expect(store.now.value).to.equal(1_000_000);
    store.learnClock(1_000_100, 5_000_000, 5_000_040);
    store.tick(5_000_020);
    expect(store.now.value).to.equal(1_000_100);
    store.learnClock(9_999_999, 5_000_000, 5_009_000);
    store.tick(5_000_020);
    expect(store.now.value).to.equal(1_000_100);
  });
});
