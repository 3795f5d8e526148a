import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import type { Actor } from '../../server/contracts/actor.ts';
import { cancelEvent } from '../../server/events/cancel-event.ts';
import { getEvent } from '../../server/events/event.queries.ts';
import { endRehearsal } from '../../server/live/end-rehearsal.ts';
import { startRehearsal } from '../../server/sessions/start-rehearsal.ts';
import { revokeSignIn } from '../../server/sign-ins/revoke-sign-in.ts';
import { makeStreamKey } from '../../server/streams/make-stream-key.ts';
import { listStreamsOfEvent } from '../../server/streams/stream.queries.ts';
import { ask, connect, seedLiveDay, seedMember, seedSignIn, seedViewer } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { seedReplay } from '../replays/replay-day.ts';
import { giveKey, memberActor, openMediaStandIn, type MediaStandIn } from './stream-day.ts';

describe('the media process is told when something ends', function () {
  this.timeout(30_000);
  let media: MediaStandIn;
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;

  before(async () => {
    media = await openMediaStandIn();
    product = await openProduct({ environment: { MEDIA_URL: media.url } });
  });
  beforeEach(async () => (day = await seedLiveDay(product.clock.now())));
  after(async () => {
    await product.close();
    await media.close();
  });

  const told = (name: string, fits: (message: Record<string, unknown>) => boolean) =>
    until(`media to be told ${name}`, () =>
      media.asked.some((one) => one.name === name && fits(one.message)),
    );
  const tagOf = async (cookie: string) => {
    const socket = await connect(product.url, cookie);
    const stage = { eventId: day.eventId, stageId: 'main' };
    const answer = await ask<{ path: string | null }>(socket, 'picture:watch', stage);
    socket.disconnect();
    return (answer.ok && answer.path?.split('.')[1]) || 'none';
  };

  it('a cancelled event cuts off whoever publishes to it', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const scope = { organiserId: day.organiserId, eventId: day.eventId };
    await cancelEvent(memberActor(day.organiserId), { ...scope, reason: '' }, product.deps);
    await told('cut', (message) => message.streamId === streamId && message.source === null);
  });

  it('a changed key cuts off the encoder, and not the studio', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    await giveKey(product, day.eventId);
    await told('cut', (message) => message.streamId === streamId && message.source === 'encoder');
  });

  it('a rehearsal that is over takes its streams and what was recorded along', async () => {
    const actor = memberActor(day.organiserId);
    const started = await startRehearsal(actor, { eventId: day.eventId }, product.deps);
    if (!started.ok) throw new Error('No rehearsal');
    const event = await getEvent(started.rehearsalId);
    const stageId = event.stages[0]?.id ?? null;
    await makeStreamKey(actor, { event, stageId, madeAt: 0 }, product.deps);
    const [stream] = await listStreamsOfEvent(event._id);
    await seedReplay(product, { ...day, eventId: event._id, streamId: stream?._id ?? '' }, 'session-of-it', {
      fileId: 'file-of-it',
    });
    await endRehearsal(actor, { eventId: day.eventId }, product.deps);
    expect(await listStreamsOfEvent(event._id)).to.deep.equal([]);
    const ends = product.clock.now().getTime();
    // Also what comes in until the encoder is really cut off.
    const erased = { streamId: stream?._id, from: 0, fileIds: ['file-of-it'] };
    await told('erase', ({ to, ...what }) => isDeepStrictEqual(what, erased) && Number(to) > ends);
    expect(media.asked.map(({ name }) => name)).to.include.members(['cut', 'finish', 'erase']);
  });

  it('a sign-in that was ended elsewhere opens no pictures any more, and the other device gets a new path', async () => {
    await giveKey(product, day.eventId);
    const now = product.clock.now();
    const lost = await seedViewer(day.eventId, day.organiserId, now);
    const kept = await seedSignIn({ kind: 'attendee', email: lost.email }, now);
    const before = await tagOf(lost.cookie);
    expect(await tagOf(kept.cookie)).to.equal(before);
    const actor = { kind: 'attendee', email: lost.email, signInId: kept.signInId } as const;
    await revokeSignIn(actor, lost.signInId, product.deps);
    await told('revoke', (message) => (message.viewers as string[]).includes(before));
    expect(await tagOf(kept.cookie)).not.to.be.oneOf([before, 'none']);
  });

  it('a member whose sign-in ended is no exception', async () => {
    await giveKey(product, day.eventId);
    const member = await seedMember(day.organiserId, product.clock.now());
    const before = await tagOf(member.cookie);
    const signIn = { kind: 'member', email: member.email, memberId: member.memberId } as const;
    const other = await seedSignIn(signIn, product.clock.now());
    const { memberId, email } = member;
    const actor: Actor = {
      kind: 'member',
      memberId,
      email,
      organiserId: day.organiserId,
      role: 'organiser',
      signInId: other.signInId,
    };
    await revokeSignIn(actor, member.signInId, product.deps);
    await told('revoke', (message) => (message.viewers as string[]).includes(before));
  });
});
