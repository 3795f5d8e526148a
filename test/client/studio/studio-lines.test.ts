import { expect } from 'chai';
import { isAnswerTo, markAnswer } from '../../../client/islands/studio/descriptions.ts';
import { createGuestLine, type PeerState } from '../../../client/islands/studio/guest-line.ts';
import { createHostLines } from '../../../client/islands/studio/host-lines.ts';
import { createTimers } from '../../../client/islands/studio/timers.ts';
import { randomOf } from '../../platform/media/packaging/made-units.ts';
import { until } from '../../support/until.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A guest whose connections do what the test says. */
function guest() {
  let clock = 0;
  let made = 0;
  const timers = createTimers(() => clock);
  const open = new Map<number, (state: PeerState) => void>();
  const offers: { to: string; sdp: string }[] = [];
  const accepted: string[] = [];
  const line = createGuestLine({
    later: timers.later,
    open(onState) {
      const id = ++made;
      open.set(id, onState);
      return {
        offer: () => Promise.resolve(`v=0\r\no=- ${id} 2 IN IP4 127.0.0.1\r\n`),
        accept(answer) {
          accepted.push(answer);
          return Promise.resolve();
        },
        close: () => void open.delete(id),
      };
    },
    send(to, signal) {
      if (signal.kind === 'offer') offers.push({ to, sdp: signal.sdp });
    },
  });
  const pass = async (ms: number) => {
    clock += ms;
    timers.tick();
    await settle();
  };
  const say = (state: PeerState) => [...open.values()].at(-1)?.(state);
  const answer = (offer = offers.at(-1)!) =>
    line.hear(offer.to, { kind: 'answer', sdp: markAnswer(offer.sdp, 'v=0\r\n') });
  return { line, open, offers, accepted, pass, say, answer };
}

describe('a guest’s connection to the host', () => {
  it('is offered as soon as there is a host, and is there when the browsers have met', async () => {
    const { line, offers, accepted, say, answer } = guest();
    line.setHost(null);
    expect(line.state.value).to.equal('waiting');
    line.setHost('host-1');
    await settle();
    expect([line.state.value, offers.map(({ to }) => to)]).to.deep.equal(['connecting', ['host-1']]);
    answer();
    say('connected');
    expect([line.state.value, accepted.length]).to.deep.equal(['connected', 1]);
    line.hear('host-1', { kind: 'standing', isOnAir: true, isMuted: false });
    expect(line.standing.value).to.deep.equal({ isOnAir: true, isMuted: false });
    line.setHost(undefined);
    expect([line.state.value, line.standing.value.isOnAir]).to.deep.equal(['off', false]);
  });

  it('is offered again after eight seconds in vain, each time a little later, until it is there', async () => {
    const { line, offers, pass, say, open } = guest();
    line.setHost('host-1');
    await settle();
    await pass(7_900);
    expect(offers).to.have.length(1);
    await pass(200);
    expect(line.state.value).to.equal('again');
    await pass(500);
    expect(offers).to.have.length(2);
    await pass(8_000);
    await pass(500);
    expect(offers).to.have.length(2);
    await pass(500);
    expect(offers).to.have.length(3);
    say('connected');
    await pass(60_000);
    expect([line.state.value, offers.length, open.size]).to.deep.equal(['connected', 3, 1]);
  });

  it('waits four seconds for one that is disturbed, and begins anew at once when it broke', async () => {
    const { line, offers, pass, say } = guest();
    line.setHost('host-1');
    await settle();
    say('connected');
    say('disturbed');
    await pass(3_000);
    say('connected');
    await pass(10_000);
    expect(offers).to.have.length(1);
    say('disturbed');
    await pass(4_000);
    expect(line.state.value).to.equal('again');
    await pass(500);
    expect(offers).to.have.length(2);
    say('broken');
    await pass(1_000);
    expect(offers).to.have.length(3);
  });

  it('goes to the host who took over, and takes no late answer to an earlier offer', async () => {
    const { line, offers, accepted, answer, pass } = guest();
    line.setHost('host-1');
    await settle();
    const [first] = offers;
    line.setHost('host-2');
    await settle();
    expect(offers.map(({ to }) => to)).to.deep.equal(['host-1', 'host-2']);
    answer(first);
    await pass(8_100);
    await pass(500);
    answer({ to: 'host-2', sdp: offers[1]!.sdp });
    expect(accepted).to.deep.equal([]);
    answer();
    expect(accepted).to.have.length(1);
  });

  it('is not offered to a host who went while it was made ready, and hears nobody but the host', async () => {
    const { line, offers, say } = guest();
    line.setHost('host-1');
    line.setHost('host-2');
    await settle();
    expect(offers.map(({ to }) => to)).to.deep.equal(['host-2']);
    say('connected');
    line.hear('host-1', { kind: 'standing', isOnAir: true, isMuted: true });
    expect(line.standing.value).to.deep.equal({ isOnAir: false, isMuted: false });
  });

  it('is never to anybody but the host and never twice, whatever happens', async () => {
    const random = randomOf(11);
    const { line, open, offers, pass, say, answer } = guest();
    let host: string | null | undefined;
    let before = 0;
    for (let step = 0; step < 3_000; step += 1) {
      const dice = random();
      if (dice < 0.15) line.setHost((host = [undefined, null, 'h-1', 'h-2'][Math.floor(random() * 4)]));
      else if (dice < 0.35)
        say((['new', 'connected', 'disturbed', 'broken'] as const)[Math.floor(random() * 4)]!);
      else if (dice < 0.5 && offers.length > 0) answer(offers[Math.floor(random() * offers.length)]);
      else await pass(random() * 6_000);
      expect(open.size).to.be.at.most(host ? 1 : 0);
      await settle();
      for (const offer of offers.slice(before)) expect(offer.to).to.equal(host);
      before = offers.length;
    }
    expect(before).to.be.above(50);
    line.setHost('h-3');
    await settle();
    say('connected');
    expect(line.state.value).to.equal('connected');
  });
});

/** A host whose connections are listed. */
function hostPage() {
  const open = new Map<number, { guest: string; onState: (state: PeerState) => void }>();
  const sent: string[] = [];
  let made = 0;
  const lines = createHostLines({
    open(name, onState) {
      const id = ++made;
      open.set(id, { guest: name, onState });
      return {
        answer: (offer) => (offer.includes('bad') ? Promise.reject(new Error('no')) : Promise.resolve('v=0')),
        close: () => void open.delete(id),
      };
    },
    send: (to) => void sent.push(to),
  });
  const offer = (from: string, sdp = `v=0\r\no=- ${made} 2 IN\r\n`) =>
    lines.hear(from, { kind: 'offer', sdp });
  return { lines, open, sent, offer };
}

describe('the host’s connections', () => {
  it('answer each guest of the room, and an offer that is early once its guest is known', async () => {
    const { lines, open, sent, offer } = hostPage();
    lines.setGuests(['ann']);
    expect(offer('ann')).to.equal(true);
    expect(offer('bob')).to.equal(false);
    await settle();
    expect(sent).to.deep.equal(['ann']);
    lines.setGuests(['ann', 'bob']);
    await settle();
    expect([sent, open.size]).to.deep.equal([['ann', 'bob'], 2]);
    lines.setGuests(['bob']);
    expect([...open.values()].map(({ guest: name }) => name)).to.deep.equal(['bob']);
    expect([...lines.states.value.keys()]).to.deep.equal(['bob']);
  });

  it('take a later offer of the same guest in place of the first, and do not hear the first any more', async () => {
    const { lines, open, offer } = hostPage();
    lines.setGuests(['ann']);
    offer('ann');
    await settle();
    const [first] = open.values();
    offer('ann');
    await settle();
    first!.onState('broken');
    expect([open.size, lines.states.value.get('ann')]).to.deep.equal([1, 'new']);
    offer('ann', 'bad');
    await until('the offer to be refused', () => lines.states.value.get('ann') === 'broken');
  });

  it('take one picture and one sound of a guest, and no offer of more', async () => {
    const { lines, open, sent, offer } = hostPage();
    lines.setGuests(['ann']);
    const line = (kind: string) => `m=${kind} 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:${kind}\r\n`;
    const offerOf = (...kinds: string[]) => `v=0\r\no=- 7 2 IN\r\n${kinds.map(line).join('')}`;
    for (const kinds of [
      ['audio', 'video', 'video'],
      ['audio', 'audio'],
      ['video', 'application'],
    ]) {
      expect(offer('ann', offerOf(...kinds))).to.equal(true);
      lines.setGuests(['ann']);
      await settle();
      expect([open.size, sent], kinds.join()).to.deep.equal([0, []]);
    }
    offer('ann', offerOf('audio', 'video'));
    await settle();
    expect([open.size, sent]).to.deep.equal([1, ['ann']]);
  });

  it('are one a guest at most, and to guests of the room alone, whatever happens', async () => {
    const random = randomOf(23);
    const { lines, open, offer } = hostPage();
    const names = ['ann', 'bob', 'cai', 'dee', 'eve'];
    let guests: string[] = [];
    for (let step = 0; step < 2_000; step += 1) {
      if (random() < 0.3) lines.setGuests((guests = names.filter(() => random() < 0.5)));
      else offer(names[Math.floor(random() * names.length)]!);
      if (random() < 0.5) await settle();
      const met = [...open.values()].map(({ guest: name }) => name);
      expect(new Set(met).size).to.equal(met.length);
      expect(met.every((name) => guests.includes(name))).to.equal(true);
    }
  });
});

describe('an answer', () => {
  it('says to which offer it is', () => {
    const [offer, other] = ['v=0\r\no=- 41 2 IN\r\n', 'v=0\r\no=- 4 2 IN\r\n'];
    const answer = markAnswer(offer, 'v=0\r\no=- 9 2 IN\r\nm=audio\r\n');
    expect([isAnswerTo(offer, answer), isAnswerTo(other, answer), isAnswerTo('', answer)]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });
});
