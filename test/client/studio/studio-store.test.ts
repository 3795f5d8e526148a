import { expect } from 'chai';
import { whoEnded } from '../../../client/islands/studio/line-words.ts';
import { airWords, deviceWords } from '../../../client/islands/studio/studio-words.ts';
import {
  createStudio,
  type Published,
  type StudioParts,
  type StudioStart,
  type Way,
} from '../../../client/islands/studio/studio.store.ts';
import { until } from '../../support/until.ts';

const start: StudioStart = {
  ...{ eventId: 'event-1', stageId: 'main', role: 'host' },
  ...{ stageName: 'Main', personName: 'Ann', ticketPath: '/ticket', encoderPath: null, hint: null },
};
const noWay: Published = { ok: false, reason: 'no-way', message: 'No way.' };

/** A browser whose `answers` are what each way of publishing says, in turn; the last again and again. */
function studioWith(answers: Partial<Record<Way, Published[]>>, changes: Partial<StudioParts> = {}) {
  const tried: Way[] = [];
  const waits: number[] = [];
  const closed: string[] = [];
  const parts: StudioParts = {
    open: () => Promise.resolve('on'),
    openScreen: () => Promise.resolve('on'),
    close: (name) => void closed.push(name),
    listDevices: () => Promise.resolve({ cameras: [{ id: 'a', name: 'A' }], microphones: [] }),
    publish(way) {
      tried.push(way);
      const list = answers[way] ?? [noWay];
      return Promise.resolve((list.length > 1 ? list.shift() : list[0]) ?? noWay);
    },
    askTicket: () => Promise.resolve({ ticket: 'a-ticket' }),
    pause(ms) {
      waits.push(ms);
      return Promise.resolve();
    },
    ...changes,
  };
  return { studio: createStudio(start, parts), tried, waits, closed };
}

function publication() {
  let end: (message: string | null) => void = () => undefined;
  const ended = new Promise<{ message: string | null }>((resolve) => {
    end = (message) => resolve({ message });
  });
  const state = { isClosed: false };
  const close = () => void (state.isClosed = true);
  return { published: { ok: true, publication: { ended, close } } as const, end, state };
}

describe('the studio’s way on air', () => {
  it('is the quick one; without it the page’s own port', async () => {
    const quick = publication();
    const { studio, tried } = studioWith({ whip: [quick.published] });
    void studio.goOnAir();
    await until('being on air', () => studio.air.value.kind === 'on');
    expect(studio.air.value).to.deep.equal({ kind: 'on', way: 'whip' });
    studio.goOffAir();
    expect(quick.state.isClosed).to.equal(true);
    expect(studio.air.value.kind).to.equal('off');
    expect(tried).to.deep.equal(['whip']);

    const slow = studioWith({ recorder: [publication().published] });
    void slow.studio.goOnAir();
    await until('being on air', () => slow.studio.air.value.kind === 'on');
    expect(slow.tried).to.deep.equal(['whip', 'recorder']);
    expect(airWords(slow.studio.air.value)).to.include('slower way');
  });

  it('ends with a reason when it is refused, when the ticket is, and when somebody cuts it', async () => {
    const refused: Published = { ok: false, reason: 'refused', message: 'Somebody else is on air.' };
    const first = studioWith({ whip: [refused] });
    await first.studio.goOnAir();
    expect(first.studio.air.value).to.deep.equal({ kind: 'failed', message: 'Somebody else is on air.' });
    expect(first.tried).to.deep.equal(['whip']);

    const early = studioWith(
      {},
      {
        askTicket: () => Promise.resolve({ message: 'It is too early.', mayChange: false }),
      },
    );
    await early.studio.goOnAir();
    expect(airWords(early.studio.air.value)).to.equal('It is too early.');

    const open = publication();
    const cut = studioWith({ whip: [open.published] });
    const done = cut.studio.goOnAir();
    await until('being on air', () => cut.studio.air.value.kind === 'on');
    open.end('The organiser ended it.');
    await done;
    expect(airWords(cut.studio.air.value)).to.equal('The organiser ended it.');
  });

  it('asks for another ticket for a while when the line is gone as a whole, and comes back by itself', async () => {
    const [first, second] = [publication(), publication()];
    let asked = 0;
    const { studio, waits } = studioWith(
      { whip: [first.published, second.published] },
      {
        askTicket() {
          asked += 1;
          const isAway = asked === 2 || asked === 3;
          return Promise.resolve(
            isAway
              ? { message: 'The server could not be reached.', mayChange: true }
              : { ticket: 'a-ticket' },
          );
        },
      },
    );
    const done = studio.goOnAir();
    await until('being on air', () => studio.air.value.kind === 'on');
    first.end(null);
    await until('being on air again', () => asked === 4 && studio.air.value.kind === 'on');
    expect(waits).to.have.length(3);
    second.end('The organiser ended it.');
    await done;
  });

  it('comes back by itself after the line broke, waiting longer each time, and gives up with a sentence', async () => {
    const [one, two] = [publication(), publication()];
    const { studio, waits, tried } = studioWith({ whip: [one.published, noWay, two.published, noWay] });
    const done = studio.goOnAir();
    await until('being on air', () => studio.air.value.kind === 'on');
    one.end(null);
    await until('being on air again', () => tried.length === 4 && studio.air.value.kind === 'on');
    expect(waits).to.deep.equal([500, 1_000]);
    two.end(null);
    await done;
    expect(airWords(studio.air.value)).to.include('did not come back');
    expect(waits.slice(2).reduce((sum, ms) => sum + ms, 0)).to.be.within(60_000, 90_000);
  });

  it('waits for its own broken line, which the server takes for somebody else for a few seconds', async () => {
    const busy: Published = { ok: false, reason: 'busy', message: 'Somebody else publishes here.' };
    const [one, two] = [publication(), publication()];
    const { studio, waits, tried } = studioWith({ whip: [one.published, busy, busy, two.published] });
    void studio.goOnAir();
    await until('being on air', () => studio.air.value.kind === 'on');
    one.end(null);
    await until('being on air again', () => tried.length === 4 && studio.air.value.kind !== 'again');
    expect([studio.air.value.kind, waits]).to.deep.equal(['on', [500, 1_000, 2_000]]);

    const lost = publication();
    const late = studioWith({ whip: [lost.published, busy] });
    const done = late.studio.goOnAir();
    await until('being on air', () => late.studio.air.value.kind === 'on');
    lost.end(null);
    await done;
    expect(airWords(late.studio.air.value), 'it is somebody else').to.equal('Somebody else publishes here.');

    const other = studioWith({ whip: [busy] });
    await other.studio.goOnAir();
    expect(airWords(other.studio.air.value)).to.equal('Somebody else publishes here.');
    expect([other.tried, other.waits]).to.deep.equal([['whip'], []]);
  });

  it('is not gone on when somebody pressed “Go off air” meanwhile', async () => {
    const late = publication();
    let letIn: (published: Published) => void = () => undefined;
    const publish = () => new Promise<Published>((resolve) => void (letIn = resolve));
    const { studio } = studioWith({}, { publish });
    const done = studio.goOnAir();
    await until('connecting', () => studio.air.value.kind === 'connecting');
    studio.goOffAir();
    letIn(late.published);
    await done;
    expect(late.state.isClosed).to.equal(true);
    expect(studio.air.value.kind).to.equal('off');
  });
});

describe('the studio’s devices', () => {
  it('go on and off, are chosen, and say what is wrong', async () => {
    const { studio, closed } = studioWith({}, { openScreen: () => Promise.resolve('refused') });
    await studio.toggle('camera');
    expect([studio.camera.value, studio.devices.value.cameras.length]).to.deep.equal(['on', 1]);
    await studio.toggle('camera');
    expect([studio.camera.value, closed]).to.deep.equal(['off', ['camera']]);
    await studio.toggle('screen');
    expect([studio.screen.value, studio.layout.value]).to.deep.equal(['off', 'camera']);
    const refused = studioWith({}, { open: () => Promise.resolve('refused') }).studio;
    await refused.toggle('microphone');
    expect(deviceWords('microphone', refused.microphone.value)).to.include('Allow it beside the address');
  });

  it('a shared screen brings the camera into the corner, and leaves when its own button ends it', async () => {
    let end = () => undefined as void;
    const openScreen: StudioParts['openScreen'] = (onEnd) => {
      end = onEnd;
      return Promise.resolve('on');
    };
    const { studio } = studioWith({}, { openScreen });
    await studio.toggle('screen');
    expect([studio.screen.value, studio.layout.value]).to.deep.equal(['on', 'corner']);
    end();
    expect(studio.screen.value).to.equal('off');
  });

  it('know a broken line from a person who ended it', () => {
    expect(whoEnded('The connection broke.')).to.equal(null);
    expect(whoEnded('The server restarts. Connect again; the recording goes on.')).to.equal(null);
    expect(whoEnded('The organiser ended it.')).to.equal('The organiser ended it.');
  });
});
