import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { LivePush } from '../../server/contracts/live-events.ts';
import type { StagePicture } from '../../server/contracts/stage-picture.ts';
import { cancelRegistration } from '../../server/registrations/cancel-registration.ts';
import { makePathToken } from '../../server/platform/media/origin/path-token.ts';
import { showPlannedPictures } from '../../server/streams/show-planned-pictures.ts';
import { StreamModel } from '../../server/streams/stream.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import {
  ask,
  connect,
  join,
  nextFacts,
  seedLiveDay,
  seedMember,
  seedSignIn,
  seedViewer,
  type LiveSocket,
} from '../live/live-day.ts';
import { askWeb, giveKey, healthOf, openMediaStandIn, type MediaStandIn } from './stream-day.ts';

type Watched = { path: string | null; expiresAt: number };
type Shown = { picture: StagePicture };

describe('pictures in the live room', function () {
  this.timeout(30_000);
  let media: MediaStandIn;
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  const sockets: LiveSocket[] = [];

  before(async () => {
    media = await openMediaStandIn();
    product = await openProduct({ environment: { MEDIA_URL: media.url } });
  });
  beforeEach(async () => (day = await seedLiveDay(product.clock.now())));
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  after(async () => {
    await product.close();
    await media.close();
  });

  const open = async ({ cookie }: { cookie: string }) => {
    const socket = await connect(product.url, cookie);
    sockets.push(socket);
    return socket;
  };
  const viewer = () => seedViewer(day.eventId, day.organiserId, product.clock.now());
  const member = (role?: 'organiser' | 'moderator' | 'viewer') =>
    seedMember(day.organiserId, product.clock.now(), role);
  const stage = () => ({ eventId: day.eventId, stageId: 'main' });
  const watch = (socket: LiveSocket) => ask<Watched>(socket, 'picture:watch', stage());
  const show = (socket: LiveSocket, shows: string, revision: number) =>
    ask<Shown>(socket, 'picture:show', { ...stage(), shows, revision });
  const toldMedia = (name: string, fits: (message: Record<string, unknown>) => boolean) =>
    until(`media to be told ${name}`, () =>
      media.asked.some((one) => one.name === name && fits(one.message)),
    );

  it('are in the snapshot once the stage is set up, and a viewer gets a path to them for ten minutes', async () => {
    const socket = await open(await viewer());
    expect(await watch(socket)).to.deep.include({ ok: true, path: null });
    const { streamId } = await giveKey(product, day.eventId);
    const joined = await join(socket, day.eventId);
    if (!joined.ok || joined.kind !== 'snapshot') throw new Error('No snapshot');
    expect(joined.snapshot.pictures).to.have.length(1);
    expect(joined.snapshot.pictures[0]).to.include({
      stageId: 'main',
      streamId,
      shows: 'stream',
      runId: null,
    });
    expect(JSON.stringify(joined.snapshot.pictures)).not.to.match(/key|planned/i);
    const answer = await watch(socket);
    if (!answer.ok) throw new Error(answer.message);
    const expiresAt = product.clock.now().getTime() + 600_000;
    expect(answer.expiresAt).to.equal(expiresAt);
    const [, viewerTag] = /^\/live\/t\/\w+\.([\w-]{22})\.[\w-]{22}\//.exec(answer.path ?? '') ?? [];
    const token = makePathToken(product.deps.secrets, {
      scope: streamId,
      viewer: viewerTag ?? '',
      expiresAt,
    });
    expect(answer.path).to.equal(`/live/t/${token}/${streamId}/`);
  });

  it('are no matter of strangers, of other events or of stages that are not there', async () => {
    await giveKey(product, day.eventId);
    const other = await seedLiveDay(product.clock.now());
    const now = product.clock.now();
    const guest = await open(await seedViewer(other.eventId, other.organiserId, now));
    const stranger = await open(await seedSignIn({ kind: 'attendee', email: 'stranger@example.org' }, now));
    for (const socket of [guest, stranger])
      expect(await watch(socket)).to.include({ ok: false, code: 'forbidden' });
    const outsider = await open(await seedMember(other.organiserId, now));
    expect(await show(outsider, 'slate', 1)).to.include({ ok: false });
    const own = await open(await viewer());
    const nowhere = { eventId: day.eventId, stageId: 'elsewhere' };
    expect(await ask(own, 'picture:watch', nowhere)).to.include({ ok: false, code: 'not-found' });
    expect(await show(own, 'slate', 1)).to.include({ ok: false, code: 'not-found' });
  });

  it('are found without a socket as well, by who may watch', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const read = (cookie: string, stageId = 'main') =>
      fetch(`${product.url}/api/events/${day.slug}/live/watch?stage=${stageId}`, { headers: { cookie } });
    const own = await read((await viewer()).cookie);
    expect(own.headers.get('cache-control')).to.equal('no-store');
    expect(((await own.json()) as Watched).path).to.match(new RegExp(`^/live/t/[^/]+/${streamId}/$`));
    const stranger = await seedSignIn(
      { kind: 'attendee', email: 'passer-by@example.org' },
      product.clock.now(),
    );
    expect((await read(stranger.cookie)).status).to.equal(403);
    expect((await read('')).status).to.equal(401);
    expect((await read((await viewer()).cookie, 'elsewhere')).status).to.equal(404);
  });

  it('change for everybody by one press, and the media process is told', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const watching = await open(await viewer());
    await join(watching, day.eventId);
    const heard = nextFacts(watching);
    const director = await open(await member('moderator'));
    const answer = await show(director, 'slate', 1);
    if (!answer.ok) throw new Error(answer.message);
    expect(answer.picture).to.include({ shows: 'slate', source: null });
    const [fact] = await heard;
    expect(fact?.fact).to.deep.equal({ name: 'picture:changed', picture: answer.picture });
    await toldMedia('select', (message) => message.streamId === streamId && message.source === null);
    const [row] = await AuditEntryModel.find({ action: 'picture:shown', 'subject.id': streamId }).lean();
    expect(row?.changes).to.deep.equal({ shows: { before: 'encoder', after: 'slate' } });
    expect(await show(director, 'external', 2)).to.include({ ok: false, code: 'conflict' });
  });

  it('of two switches at once take one, and the other presser is told', async () => {
    await giveKey(product, day.eventId);
    const [one, other] = [await open(await member()), await open(await member('moderator'))];
    const answers = await Promise.all([show(one, 'slate', 1), show(other, 'studio', 1)]);
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused).to.have.length(1);
    expect(refused[0]).to.include({ code: 'conflict' });
    const stream = await StreamModel.findOne({ eventId: day.eventId }).lean();
    const taken = answers.find(({ ok }) => ok);
    expect(taken?.ok && taken.picture.revision).to.equal(stream?.revision);
  });

  it('may be switched after their encoder came and went, which is no switch', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const at = product.clock.now().getTime();
    await askWeb(product, 'run', { streamId, runId: 'run-switch', state: 'started', startedAt: at, at });
    expect(await show(await open(await member()), 'slate', 1)).to.include({ ok: true });
  });

  it('switch by themselves at the planned time, once', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const at = (minutes: number) => new Date(product.clock.now().getTime() + minutes * 60_000);
    const planned = [
      { at: at(1), shows: 'studio' },
      { at: at(2), shows: 'external' },
      { at: at(600), shows: 'nothing' },
    ];
    await StreamModel.updateOne({ _id: streamId }, { $set: { planned } });
    product.clock.advance({ minutes: 3 });
    await Promise.allSettled([showPlannedPictures(product.deps), showPlannedPictures(product.deps)]);
    const stream = await StreamModel.findOne({ _id: streamId }).lean();
    // The other player that was planned is not there: the slate, not a hole.
    expect(stream).to.include({ shows: 'slate', revision: 2 });
    expect(stream?.planned.map(({ shows }) => shows)).to.deep.equal(['nothing']);
    await toldMedia('select', (message) => message.streamId === streamId && message.source === null);
  });

  it('are taken from whoever is banned or gives the place up, and the media process hears who', async () => {
    await giveKey(product, day.eventId);
    const [banned, leaver] = [await viewer(), await viewer()];
    const tagOf = async (who: { cookie: string }) => {
      const answer = await watch(await open(who));
      return (answer.ok && answer.path?.split('.')[1]) || 'none';
    };
    const [bannedTag, leaverTag] = [await tagOf(banned), await tagOf(leaver)];
    expect(bannedTag).not.to.equal(leaverTag);
    const director = await open(await member());
    const socket = await open(banned);
    const me = await ask<{ participantId: string }>(socket, 'mine:read', { eventId: day.eventId });
    const participantId = me.ok ? me.participantId : '';
    const ban = (isBanned: boolean) =>
      ask(director, 'viewer:ban', { eventId: day.eventId, participantId, isBanned });
    expect(await ban(true)).to.include({ ok: true });
    const holds = (tag: string) => (message: Record<string, unknown>) =>
      (message.viewers as string[]).includes(tag) &&
      (message.until as number) >= product.clock.now().getTime() + 600_000;
    await toldMedia('revoke', holds(bannedTag));
    await cancelRegistration(
      { kind: 'attendee', email: leaver.email, signInId: leaver.signInId },
      { registrationId: leaver.registrationId },
      product.deps,
    );
    await toldMedia('revoke', holds(leaverTag));
    const { revoked } = await askWeb(product, 'hello', { node: 'a' });
    expect(revoked.map(({ viewer: tag }) => tag)).to.include.members([bannedTag, leaverTag]);
    expect(await ban(false)).to.include({ ok: true });
    // Let in again, with a tag that was never taken away.
    expect(await tagOf(banned)).not.to.be.oneOf([bannedTag, 'none']);
  });

  it('have a health that moderators hear every second, and nobody else', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const [watching, looking] = [await open(await viewer()), await open(await member('viewer'))];
    const director = await open(await member('moderator'));
    await join(watching, day.eventId);
    await join(looking, day.eventId);
    await join(director, day.eventId, null, 'moderators');
    const heard: LivePush<'stream:health'>[] = [];
    const leaked: unknown[] = [];
    director.on('stream:health', (push) => heard.push(push));
    for (const socket of [watching, looking]) socket.on('stream:health', (push) => leaked.push(push));
    const report = { ...stage(), stalls: 2, latencyMs: 1_900 };
    expect(await ask(watching, 'picture:report', report)).to.include({ ok: true });
    await askWeb(product, 'health', { node: 'a', streams: [healthOf(streamId)] });
    await until('health with what players said', () =>
      heard.some(({ watching: [line] }) => line?.stalls === 2),
    );
    const push = heard.find(({ watching: lines }) => lines.length > 0);
    expect(push?.watching).to.deep.equal([{ stageId: 'main', reports: 1, stalls: 2, latencyMs: 1_900 }]);
    expect(heard.flatMap(({ streams }) => streams.map((one) => one.streamId))).to.include(streamId);
    expect(leaked).to.deep.equal([]);
  });
});
