import { expect } from 'chai';
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { applyFact } from '../../../client/islands/live-room/apply-fact.ts';
import { createShowStore, type ShowStore } from '../../../client/islands/run-of-show/run-of-show.store.ts';
import { StreamPlace } from '../../../client/islands/run-of-show/stream-place.tsx';
import type { StagePicture } from '../../../server/contracts/stage-picture.ts';
import type { InputHealth } from '../../../server/contracts/stream-health.ts';
import { healthOf } from '../../streams/stream-day.ts';
import { daySnapshot } from './live-network.ts';

const picture: StagePicture = {
  stageId: 'main',
  revision: 3,
  shows: 'stream',
  slateText: null,
  streamId: 'stream-1',
  source: 'studio',
  runId: null,
  isReceiving: false,
  external: null,
  startedAt: null,
};
const changed = (changes: Partial<StagePicture>) =>
  ({ name: 'picture:changed', picture: { ...picture, ...changes } }) as const;

function openStore(pictures: StagePicture[]): ShowStore {
  const store = createShowStore(
    {
      snapshot: { ...daySnapshot(), pictures },
      seq: 0,
      now: Date.parse('2026-11-24T09:40:00Z'),
      stageId: 'main',
      path: '/console/events/e',
      audience: 'moderators',
      canDirect: false,
      notice: null,
      tab: null,
      formId: 'form-0001',
      typedAnnouncement: '',
      viewers: null,
    },
    { send: () => true, newId: () => 'draft' },
  );
  store.setConnection({ kind: 'connected' });
  return store;
}
const shown = (store: ShowStore) => render(h(StreamPlace, { store, path: '/console/events/e' }));

describe('what a stage shows, as pages keep it', () => {
  it('is replaced by a higher revision only, whatever comes first', () => {
    const room = applyFact({ ...daySnapshot(), pictures: [] }, changed({}));
    expect(room.pictures).to.deep.equal([picture]);
    const newer = applyFact(room, changed({ revision: 5, shows: 'slate' }));
    expect(applyFact(newer, changed({ revision: 4, shows: 'nothing' })).pictures).to.deep.equal([
      { ...picture, revision: 5, shows: 'slate' },
    ]);
    const other = applyFact(newer, changed({ stageId: 'hall', revision: 1 }));
    expect(other.pictures.map(({ stageId }) => stageId)).to.have.members(['main', 'hall']);
  });

  it('stands in the run of show: the source is pressed, and no other player is offered where none is set', () => {
    const html = shown(openStore([picture]));
    expect(html).to.match(/aria-pressed="true"[^>]*>Browser studio/);
    expect(html).to.match(/aria-pressed="false"[^>]*>Slate/);
    expect(html).not.to.include('Other player');
    expect(html).to.include('Nothing comes in').and.include('href="/console/events/e/streams/main"');
    expect(shown(openStore([])))
      .to.include('Set it up')
      .and.not.include('aria-pressed');
  });

  it('shows figures that are fresh, and none once the line is down', () => {
    const store = openStore([picture]);
    store.hearHealth({ streams: [healthOf('stream-1', { warnings: ['no-audio'] })], watching: [] });
    expect(shown(store)).to.include('There is no sound').and.include('Receiving');
    const input: InputHealth = {
      source: 'encoder',
      kind: 'rtmp',
      state: 'live',
      connectedAt: '2026-11-24T09:20:00.000Z',
      bitsPerSecond: 2_480_000,
      framesPerSecond: 30,
      keyFrameEvery: 2,
      lastFrameAgo: 33,
      width: 1280,
      height: 720,
      videoCodec: 'avc1.64001f',
      audioCodec: 'mp4a.40.2',
      dropped: 0,
    };
    const kept = healthOf('stream-1', { state: 'reconnecting', onAir: null, inputs: [input] });
    store.hearHealth({ streams: [kept], watching: [] });
    expect(shown(store), 'behind the slate').to.include('Receiving, kept from viewers');
    expect(shown(store)).to.include('2,480 kb/s').and.include('1280 × 720').and.include('H.264, AAC');
    const waiting = { ...kept, state: 'live', onAir: 'encoder', waitsFor: 'studio' } as const;
    store.hearHealth({ streams: [waiting], watching: [] });
    expect(shown(store)).to.match(
      /is-late">Waiting for the studio’s picture; viewers still see the encoder</,
    );
    store.hearHealth({ streams: [{ ...waiting, onAir: null }], watching: [] });
    expect(shown(store)).to.include('Waiting for the studio’s picture; viewers see none yet');
    store.setConnection({ kind: 'lost' });
    expect(store.health.value.streams).to.deep.equal([]);
  });
});
