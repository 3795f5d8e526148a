import { expect } from 'chai';
import type { StreamHealth } from '../../server/contracts/stream-health.ts';
import { addPeerCarrier, hearPeer, type PeerEnvelope } from '../../server/platform/realtime/peer-bus.ts';
import { tellMeasured, lastMeasured } from '../../server/streams/tell-measured.ts';
import { watchHealth } from '../../server/streams/watch-health.ts';
import { watchingOf } from '../../server/streams/watching.rules.ts';
import { until } from '../support/until.ts';
import { healthOf } from './stream-day.ts';

interface Push {
  readonly room: string;
  readonly streams: readonly StreamHealth[];
  readonly watching: readonly { stalls: number; reports: number; latencyMs: number | null }[];
}

describe('the health of streams between web processes', function () {
  this.timeout(10_000);

  it('reaches moderators of this process whichever process heard it, added up once', async () => {
    const pushes: Push[] = [];
    const carried: PeerEnvelope[] = [];
    const watch = watchHealth({
      broadcast: (room, _name, push) =>
        void pushes.push({ room, ...(push as unknown as Omit<Push, 'room'>) }),
    });
    const stop = addPeerCarrier((envelope) => void carried.push(envelope));
    watch.report({ eventId: 'e', stageId: 'main', stalls: 1, latencyMs: 2_000 });
    tellMeasured('e', [healthOf('here')]);
    const elsewhere = { stageId: 'main', reports: 2, stalls: 3, latenciesMs: [1_000, 3_000] };
    hearPeer({ topic: 'watching:reported', payload: { ...elsewhere, eventId: 'e', process: 'other' } });
    hearPeer({ topic: 'streams:measured', payload: { eventId: 'e', streams: [healthOf('there')] } });
    hearPeer({ topic: 'streams:measured', payload: { eventId: 'e', streams: [{ streamId: 'junk' }] } });
    await until('a push', () => pushes.length > 0);
    watch.stop();
    stop();
    const [push] = pushes;
    expect(push?.room).to.equal('e:moderators');
    expect(push?.streams.map(({ streamId }) => streamId)).to.have.members(['here', 'there']);
    expect(push?.watching).to.deep.equal([{ stageId: 'main', reports: 3, stalls: 4, latencyMs: 2_000 }]);
    expect(carried.map(({ topic }) => topic)).to.have.members(['streams:measured', 'watching:reported']);
    expect(lastMeasured('there')?.state).to.equal('live');
    expect(lastMeasured('junk')).to.equal(null);
  });

  it('counts what was reported within ten seconds, and takes the middle of the delays', () => {
    const report = (at: number, latenciesMs: number[]) => ({
      stageId: null,
      reports: 1,
      stalls: 1,
      latenciesMs,
      at,
    });
    const heard = [report(0, [9_000]), report(6_000, [1_000, 5_000]), report(9_000, [2_000])];
    expect(watchingOf(heard, 11_000)).to.deep.equal([
      { stageId: null, reports: 2, stalls: 2, latencyMs: 2_000 },
    ]);
    expect(watchingOf([report(0, [])], 1_000)).to.deep.equal([
      { stageId: null, reports: 1, stalls: 1, latencyMs: null },
    ]);
  });

  it('keeps no more stages than an event could have, whatever a page makes up', async () => {
    let lines = 0;
    const watch = watchHealth({
      broadcast: (_room, _name, push) =>
        void (lines = Math.max(lines, (push as unknown as Push).watching.length)),
    });
    for (let index = 0; index < 500; index += 1)
      watch.report({ eventId: 'made-up', stageId: `stage-${index}`, stalls: 0, latencyMs: null });
    await until('a push', () => lines > 0);
    watch.stop();
    expect(lines).to.equal(50);
  });
});
