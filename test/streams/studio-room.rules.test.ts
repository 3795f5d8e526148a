import { expect } from 'chai';
import { mostStudioGuests, studioLeaseMs } from '../../server/contracts/studio-room.ts';
import {
  changeSeats,
  maySignal,
  seatsAt,
  type SeatHeld,
  type StudioAct,
} from '../../server/streams/studio-room.rules.ts';

const start = Date.parse('2026-12-01T09:00:00Z');
const at = (ms: number) => new Date(start + ms);
const enter = (peerId: string, participantId: string, role: 'host' | 'guest', isNew = true): StudioAct => ({
  ...{ kind: 'enter', peerId, participantId, role, isNew, name: participantId.toUpperCase() },
});

/** After acts a second apart; a refused one changes nothing. */
function after(acts: readonly StudioAct[], from: readonly SeatHeld[] = []) {
  let seats = from;
  let last: ReturnType<typeof changeSeats> = { ok: true, seats };
  acts.forEach((act, second) => {
    last = changeSeats(seats, act, at(second * 1_000));
    if (last.ok) seats = last.seats;
  });
  return { seats, last, peers: seats.map(({ peerId }) => peerId) };
}

describe('who is in a backstage room', () => {
  it('is one host and four guests; the fifth guest is refused until somebody leaves', () => {
    const five = [1, 2, 3, 4, 5].map((n) => enter(`page-${n}`, `guest-${n}`, 'guest'));
    const full = after([enter('host-page', 'ana', 'host'), ...five]);
    expect(full.last).to.deep.equal({ ok: false, reason: 'full' });
    expect(full.peers).to.deep.equal(['host-page', 'page-1', 'page-2', 'page-3', 'page-4']);
    const left = after(
      [{ kind: 'leave', peerId: 'page-2', participantId: 'guest-2' }, five[4] as StudioAct],
      full.seats,
    );
    expect(left.peers).to.deep.equal(['host-page', 'page-1', 'page-3', 'page-4', 'page-5']);
  });

  it('changes hands by a press, and never because the earlier host still says that it is there', () => {
    const first = enter('first', 'ana', 'host');
    const taken = after([first, enter('second', 'ben', 'host')]);
    expect(taken.peers).to.deep.equal(['second']);
    const stays = { ...first, isNew: false } as StudioAct;
    expect(after([stays], taken.seats).last).to.deep.equal({ ok: false, reason: 'replaced' });
    expect(after([first], taken.seats).peers).to.deep.equal(['first']);
  });

  it('has each person as a guest once: the newer page takes the place of the older', () => {
    const both = after([enter('phone', 'ben', 'guest'), enter('laptop', 'ben', 'guest')]);
    expect(both.peers).to.deep.equal(['laptop']);
    const phone = enter('phone', 'ben', 'guest', false);
    expect(after([phone], both.seats).last).to.deep.equal({ ok: false, reason: 'replaced' });
  });

  it('forgets a page that was not heard of for a lease, and takes it back when its place is still free', () => {
    const { seats } = after([enter('host-page', 'ana', 'host')]);
    expect(seatsAt(seats, at(studioLeaseMs - 1))).to.have.length(1);
    expect(seatsAt(seats, at(studioLeaseMs))).to.have.length(0);
    const back = changeSeats(seats, enter('host-page', 'ana', 'host', false), at(studioLeaseMs * 2));
    expect(back).to.deep.include({ ok: true });
  });

  it('gives nobody the page of another, and lets nobody make another leave', () => {
    const { seats } = after([enter('page', 'ana', 'guest')]);
    expect(after([enter('page', 'mal', 'guest')], seats).last).to.deep.equal({ ok: false, reason: 'taken' });
    expect(after([enter('page', 'ana', 'host')], seats).last).to.deep.equal({ ok: false, reason: 'taken' });
    const leave = { kind: 'leave', peerId: 'page', participantId: 'mal' } as const;
    expect(after([leave], seats).last).to.deep.equal({ ok: false, reason: 'taken' });
  });

  it('lets host and guest signal each other, from a page of their own, and nobody else', () => {
    const { seats } = after([
      enter('host', 'ana', 'host'),
      enter('one', 'ben', 'guest'),
      enter('two', 'cy', 'guest'),
    ]);
    const may = (peerId: string, toPeerId: string, participantId: string) =>
      maySignal(seats, { peerId, toPeerId, participantId });
    expect([may('one', 'host', 'ben'), may('host', 'two', 'ana')]).to.deep.equal([true, true]);
    expect([may('one', 'two', 'ben'), may('host', 'host', 'ana')]).to.deep.equal([false, false]);
    expect([may('one', 'host', 'cy'), may('one', 'gone', 'ben'), may('gone', 'host', 'ben')]).to.deep.equal([
      false,
      false,
      false,
    ]);
  });

  it('never has two hosts, more guests than there are places, or one page or guest twice, whatever comes', () => {
    let state = 20_261_201;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
    let seats: readonly SeatHeld[] = [];
    let now = 0;
    for (let step = 0; step < 5_000; step += 1) {
      now += random(6_000);
      const person = `person-${random(7)}`;
      const peerId = `page-${random(12)}`;
      const act: StudioAct =
        random(5) === 0
          ? { kind: 'leave', peerId, participantId: person }
          : enter(peerId, person, random(4) === 0 ? 'host' : 'guest', random(2) === 0);
      const changed = changeSeats(seats, act, at(now));
      if (!changed.ok) continue;
      seats = changed.seats;
      const guests = seats.filter(({ role }) => role === 'guest');
      expect(seats.length - guests.length).to.be.at.most(1);
      expect(guests.length).to.be.at.most(mostStudioGuests);
      expect(new Set(seats.map((seat) => seat.peerId)).size).to.equal(seats.length);
      expect(new Set(guests.map((seat) => seat.participantId)).size).to.equal(guests.length);
    }
  });
});
