import { expect } from 'chai';
import { EventModel } from '../../server/events/event.model.ts';
import { OutboxEntryModel } from '../../server/platform/outbox/outbox-entry.ts';
import { findStreamOfStage, listPicturesOfRoom } from '../../server/streams/stream.queries.ts';
import { listRunsBetween } from '../../server/streams/stream-run.queries.ts';
import { StreamModel } from '../../server/streams/stream.model.ts';
import { revokeStreamKey } from '../../server/streams/revoke-stream-key.ts';
import { showPicture } from '../../server/streams/show-picture.ts';
import { issueStudioTicket, studioTicketLifeMs } from '../../server/streams/studio-ticket.rules.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { LiveFactModel } from '../../server/live-log/live-fact.model.ts';
import { seedLiveDay } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { askWeb, giveKey, memberActor, postToWeb } from './stream-day.ts';

describe('what the media process asks of web', function () {
  this.timeout(30_000);
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  before(async () => (product = await openProduct({ worker: false })));
  beforeEach(async () => (day = await seedLiveDay(product.clock.now())));
  after(() => product.close());

  const publish = (credential: string) =>
    askWeb(product, 'publish', { kind: 'rtmp', credential, address: '127.0.0.1' });
  const reasonFor = async (credential: string) => {
    const answer = await publish(credential);
    return answer.ok ? 'ok' : answer.reason;
  };

  it('lets the holder of a key publish to its stage', async () => {
    const { key, streamId } = await giveKey(product, day.eventId);
    expect(key).to.match(/^[\w-]{27}$/);
    expect(await publish(key)).to.deep.equal({ ok: true, streamId, source: 'encoder' });
  });

  it('keeps no key, only its hash, and logs none', async () => {
    const { key, streamId } = await giveKey(product, day.eventId);
    await publish(key);
    await publish(`${key}x`);
    expect(JSON.stringify(await StreamModel.findOne({ _id: streamId }).lean())).not.to.include(key);
    expect(product.logLines.join('')).not.to.include(key);
  });

  it('refuses a wrong key, and says of a changed one that it was changed', async () => {
    const first = await giveKey(product, day.eventId);
    const second = await giveKey(product, day.eventId);
    expect(second.streamId).to.equal(first.streamId);
    expect(second.key).not.to.equal(first.key);
    expect(await reasonFor('nothing-like-a-key')).to.equal('unknown-key');
    expect(await reasonFor('')).to.equal('unknown-key');
    expect(await reasonFor(first.key)).to.equal('revoked-key');
    expect(await reasonFor(second.key)).to.equal('ok');
    const event = await getEvent(day.eventId);
    const madeAt = (await findStreamOfStage(day.eventId, 'main'))?.keyMadeAt?.getTime() ?? 0;
    const input = { event, stageId: 'main', madeAt };
    await revokeStreamKey(memberActor(day.organiserId), input, product.deps);
    expect(await reasonFor(second.key)).to.equal('revoked-key');
    const cuts = await OutboxEntryModel.find({ kind: 'stream:cut' }).lean();
    expect(
      cuts.filter(({ payload }) => (payload as { streamId: string }).streamId === first.streamId),
    ).to.have.length(2);
  });

  it('refuses a key when the event is cancelled, and long before and after its day', async () => {
    const { key } = await giveKey(product, day.eventId);
    const set = (change: object) => EventModel.updateOne({ _id: day.eventId }, { $set: change });
    await set({ status: 'cancelled' });
    expect(await publish(key)).to.include({ ok: false, reason: 'not-now' });
    await set({ status: 'published' });
    const at = product.clock.now().getTime();
    const shifted = (hours: number) => ({
      startsAt: new Date(at + hours * 3_600_000),
      endsAt: new Date(at + (hours + 2) * 3_600_000),
    });
    await set({ ...shifted(48), startsAtLocal: '2026-11-26T09:00', endsAtLocal: '2026-11-26T11:00' });
    const early = await publish(key);
    expect(early).to.include({ ok: false, reason: 'not-now' });
    expect(early.ok ? '' : early.message).to.contain('too early');
    await set({ ...shifted(-48), startsAtLocal: '2026-11-22T09:00', endsAtLocal: '2026-11-22T11:00' });
    expect(await publish(key)).to.include({ ok: false, reason: 'not-now' });
  });

  it('takes a ticket of the studio until it expires, for its own stream only', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const { secrets, clock } = product.deps;
    const ticket = issueStudioTicket({ streamId, person: 'member:1' }, clock.now(), secrets);
    expect(await publish(ticket)).to.deep.equal({ ok: true, streamId, source: 'studio', tag: 'member:1' });
    expect(await reasonFor(ticket.slice(0, -2))).to.equal('unknown-key');
    product.clock.advance({ seconds: studioTicketLifeMs / 1_000 + 1 });
    expect(await reasonFor(ticket)).to.equal('expired-ticket');
    const gone = issueStudioTicket({ streamId: 'no-such-stream', person: 'x' }, clock.now(), secrets);
    expect(await reasonFor(gone)).to.equal('unknown-key');
  });

  it('shows the first that comes on a stage that nobody switched, and then what people chose', async () => {
    const { key, streamId } = await giveKey(product, day.eventId);
    const { secrets, clock } = product.deps;
    const ticket = () => issueStudioTicket({ streamId, person: 'member:1' }, clock.now(), secrets);
    const source = async () => (await listPicturesOfRoom(day.eventId))[0]?.source;
    await publish(ticket());
    expect(await source()).to.equal('studio');
    await publish(key);
    expect(await source()).to.equal('encoder');
    const at = clock.now().getTime();
    await askWeb(product, 'run', { streamId, runId: 'run-on-air', state: 'started', startedAt: at, at });
    await publish(ticket());
    expect(await source(), 'the encoder is on air').to.equal('encoder');
    await askWeb(product, 'run', {
      streamId,
      runId: 'run-on-air',
      state: 'ended',
      startedAt: at,
      at: at + 1,
    });
    const event = await getEvent(day.eventId);
    const actor = memberActor(day.organiserId);
    const input = { stageId: 'main', shows: 'slate', revision: 99 } as const;
    await showPicture({ event, actor }, input, product.deps);
    await publish(ticket());
    expect(await source(), 'the slate was chosen').to.equal(null);
  });

  it('stores a run once however often it is told, and shows it', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const startedAt = product.clock.now().getTime();
    const tell = (state: 'started' | 'lost' | 'resumed' | 'ended', after: number, runId = 'run-00001') =>
      askWeb(product, 'run', { streamId, runId, state, startedAt, at: startedAt + after });
    await tell('started', 0);
    await tell('started', 0);
    const [picture] = await listPicturesOfRoom(day.eventId);
    expect(picture).to.include({ runId: 'run-00001', isReceiving: true, shows: 'stream', source: 'encoder' });
    await tell('lost', 5_000);
    await tell('lost', 5_000);
    expect((await listPicturesOfRoom(day.eventId))[0]).to.include({ runId: 'run-00001', isReceiving: false });
    await tell('resumed', 9_000);
    await tell('ended', 60_000);
    await tell('ended', 60_000);
    await tell('resumed', 61_000);
    expect((await listPicturesOfRoom(day.eventId))[0]).to.include({ runId: null, isReceiving: false });
    const facts = await LiveFactModel.find({ eventId: day.eventId, audience: 'viewers' }).lean();
    expect(facts.map(({ fact }) => (fact as { name: string }).name)).to.deep.equal(
      Array(4).fill('picture:changed'),
    );
    const runs = await listRunsBetween(streamId, new Date(startedAt), new Date(startedAt + 1));
    expect(runs).to.have.length(1);
    expect(runs[0]).to.include({ _id: 'run-00001', state: 'ended', eventId: day.eventId });
  });

  it('leaves the newer run shown when the end of an older one comes late', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const at = product.clock.now().getTime();
    await askWeb(product, 'run', { streamId, runId: 'run-first', state: 'started', startedAt: at, at });
    const second = { streamId, runId: 'run-second', startedAt: at + 1_000 };
    await askWeb(product, 'run', { ...second, state: 'started', at: at + 1_000 });
    await askWeb(product, 'run', {
      streamId,
      runId: 'run-first',
      state: 'ended',
      startedAt: at,
      at: at + 2_000,
    });
    expect((await listPicturesOfRoom(day.eventId))[0]).to.include({ runId: 'run-second', isReceiving: true });
  });

  it('passes over a run and health of a stream that is gone', async () => {
    const at = product.clock.now().getTime();
    const run = { streamId: 'gone-stream', runId: 'run-gone', startedAt: at, at } as const;
    expect(await askWeb(product, 'run', { ...run, state: 'started' })).to.deep.equal({});
    expect(await askWeb(product, 'health', { node: 'a', streams: [] })).to.deep.equal({});
  });

  it('tells a media process that begins what is on air', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const { onAir } = await askWeb(product, 'hello', { node: 'a' });
    expect(onAir).to.deep.include({ streamId, source: 'encoder' });
    await StreamModel.updateOne({ _id: streamId }, { $set: { shows: 'slate' } });
    expect((await askWeb(product, 'hello', { node: 'a' })).onAir).to.deep.include({ streamId, source: null });
  });

  it('hands a file that was made on to who asked for it', async () => {
    await askWeb(product, 'made', { fileId: 'file-0001', ok: true, bytes: 12, reason: null });
    const [entry] = await OutboxEntryModel.find({ kind: 'replay-file:made' }).lean();
    expect(entry?.payload).to.deep.equal({ fileId: 'file-0001', ok: true, bytes: 12, reason: null });
  });

  it('answers nobody else, and nothing that is malformed', async () => {
    const { key } = await giveKey(product, day.eventId);
    const good = JSON.stringify({ kind: 'rtmp', credential: key, address: '127.0.0.1' });
    expect((await postToWeb(product, 'publish', good, 'wrong')).status).to.equal(401);
    expect((await postToWeb(product, 'publish', good, '')).status).to.equal(401);
    expect((await postToWeb(product, 'publish', '{}')).status).to.equal(422);
    expect((await postToWeb(product, 'publish', '{')).status).to.equal(400);
    expect((await postToWeb(product, 'constructor', '{}')).status).to.equal(404);
    expect((await postToWeb(product, 'publish', `"${'x'.repeat(70_000)}"`)).status).to.equal(413);
  });
});
