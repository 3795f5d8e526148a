import { expect } from 'chai';
import { ReplayPositionModel } from '../../server/replays/replay-position.model.ts';
import { deleteEverywhere } from '../../server/platform/database/delete-everywhere.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { seedViewer } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askPage, openRecordedDay, seedReplay } from './replay-day.ts';

describe('where people left off in replays', function () {
  this.timeout(30_000);
  let product: Product;
  before(async () => (product = await openProduct({ worker: false })));
  after(() => product.close());

  async function openWatched(changes: Record<string, unknown> = {}) {
    const day = await openRecordedDay(product);
    const replayId = await seedReplay(product, day, day.sessionIds[1], changes);
    const viewer = await seedViewer(day.eventId, day.organiserId, product.clock.now());
    const put = (seconds: number | null, agoMs = 0, cookie = viewer.cookie, more: object = {}) =>
      fetch(`${product.url}/api/replays/${replayId}/position`, {
        method: 'PUT',
        headers: { cookie, origin: product.url, 'content-type': 'application/json' },
        body: JSON.stringify({ seconds, agoMs, ...more }),
      });
    const left = async (cookie = viewer.cookie) => {
      const page = await (await askPage(product, `/replays/${replayId}`, cookie)).text();
      const [, props = ''] = /data-props="([^"]*)"/.exec(page) ?? [];
      const { left: told, positionPath } = JSON.parse(props.replaceAll('&quot;', '"')) as {
        left: { seconds: number | null } | null;
        positionPath: string | null;
      };
      return { seconds: told?.seconds, positionPath };
    };
    return { ...day, replayId, viewer, put, left };
  }

  it('are the same on every device of one person, and nobody else’s', async () => {
    const { put, left, eventId, organiserId } = await openWatched();
    const other = await seedViewer(eventId, organiserId, product.clock.now());
    expect((await put(120)).status).to.equal(204);
    expect((await left()).seconds).to.equal(120);
    expect((await left(other.cookie)).seconds).to.equal(undefined);
    expect(await ReplayPositionModel.countDocuments({ eventId })).to.equal(1);
  });

  it('are those of who watched last, however late the other is heard, and none at the end', async () => {
    const { put, left, eventId } = await openWatched();
    await put(120, 60_000);
    await put(300);
    await put(60, 30_000);
    expect((await left()).seconds).to.equal(300);
    product.clock.advance({ seconds: 20 });
    await Promise.all([put(310, 1_000), put(320), put(315, 500)]);
    expect((await left()).seconds).to.equal(320);
    product.clock.advance({ seconds: 20 });
    await put(null);
    expect((await left()).seconds).to.equal(null);
    expect(await ReplayPositionModel.countDocuments({ eventId })).to.equal(1);
  });

  it('are kept once when two devices are first heard at the same moment', async () => {
    const { put, replayId } = await openWatched();
    const answers = await Promise.all([put(100, 5_000), put(200), put(150, 1_000)]);
    expect(answers.map(({ status }) => status)).to.deep.equal([204, 204, 204]);
    const [kept, ...others] = await ReplayPositionModel.find({ replayId }).lean();
    expect(others).to.deep.equal([]);
    expect(kept?.seconds).to.equal(200);
  });

  it('are not kept of who has no place, nor when they are no positions', async () => {
    const { put, left, replayId, viewer } = await openWatched({ visibility: 'everyone' });
    expect((await put(120, 0, '')).status).to.equal(403);
    expect((await left('')).positionPath).to.equal(null);
    expect((await left()).positionPath).to.equal(`/api/replays/${replayId}/position`);
    for (const [seconds, ago] of [
      [-1, 0],
      [1e9, 0],
      [5, -1],
      [5, 1e12],
    ] as const)
      expect((await put(seconds, ago)).status).to.equal(422);
    expect((await put(5, 0, viewer.cookie, { key: 'registration:other' })).status).to.equal(422);
    const guarded = await openWatched();
    expect((await guarded.put(5, 0, '')).status).to.equal(401);
    expect(await ReplayPositionModel.countDocuments({ replayId })).to.equal(0);
  });

  it('are shown in the library and on the event’s page, where there is something to go on with', async () => {
    const { put, slug, viewer, replayId } = await openWatched();
    const read = async (path: string, cookie = viewer.cookie) =>
      (await askPage(product, path, cookie)).text();
    await put(280);
    for (const path of ['/replays', `/events/${slug}`]) {
      expect(await read(path), path)
        .to.include('Continue at 4:40')
        .and.include(`/replays/${replayId}?t=280`)
        .and.match(/<progress value="47" max="100"/);
      expect(await read(path, ''), path).not.to.include('Continue at');
    }
    for (const seconds of [4, 595, null]) {
      product.clock.advance({ seconds: 20 });
      await put(seconds);
      expect(await read('/replays')).not.to.include('Continue at');
    }
  });

  it('go with their person’s place, with their replay and with their event', async () => {
    for (const path of ['registrationId', 'replayId', 'eventId'] as const) {
      const { put, eventId, viewer, replayId } = await openWatched();
      await put(120);
      const { registrationId } = viewer;
      await deleteEverywhere(path, { registrationId, replayId, eventId }[path]);
      expect(await ReplayPositionModel.countDocuments({ replayId }), path).to.equal(0);
      await EventModel.deleteOne({ _id: eventId });
    }
  });
});
