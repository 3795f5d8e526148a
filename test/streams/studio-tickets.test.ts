import { expect } from 'chai';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { withdrawSpeaker } from '../../server/sessions/withdraw-speaker.ts';
import type { IngestKind } from '../../server/contracts/stream-health.ts';
import { issueStudioTicket } from '../../server/streams/studio-ticket.rules.ts';
import type { Mine } from '../../server/contracts/live-messages.ts';
import { ask, connect, seedLiveDay, seedMember, seedSpeaker } from '../live/live-day.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { askWeb, giveKey, memberActor, openMediaStandIn, type MediaStandIn } from './stream-day.ts';

describe('a ticket of the studio', function () {
  this.timeout(30_000);
  let product: Product;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let media: MediaStandIn;
  before(async () => {
    media = await openMediaStandIn();
    product = await openProduct({ environment: { MEDIA_URL: media.url } });
  });
  beforeEach(async () => (day = await seedLiveDay(product.clock.now())));
  after(async () => {
    await product.close();
    await media.close();
  });

  const publish = async (kind: IngestKind, credential: string) => {
    const answer = await askWeb(product, 'publish', { kind, credential, address: '' });
    return answer.ok ? 'ok' : answer.reason;
  };
  const issue = (streamId: string, person = 'member:1') =>
    issueStudioTicket({ streamId, person }, product.clock.now(), product.deps.secrets);

  it('opens each way in once, for a browser that gets nowhere by the first', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const ticket = issue(streamId);
    expect(await publish('whip', ticket)).to.equal('ok');
    expect(await publish('whip', ticket)).to.equal('expired-ticket');
    expect(await publish('recorder', ticket)).to.equal('ok');
    expect(await publish('recorder', ticket)).to.equal('expired-ticket');
    expect(await publish('whip', issue(streamId)), 'another of the same person').to.equal('ok');
  });

  it('lets one in of many that come with it at the same moment', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const ticket = issue(streamId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => publish('whip', ticket)));
    expect(answers.filter((answer) => answer === 'ok')).to.have.length(1);
  });

  it('ends with the part on the programme: who is on air from a browser is cut off, and nobody else', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const now = product.clock.now();
    const [ana, ben] = [
      await seedSpeaker(day.organiserId, day.sessionIds[1], now),
      await seedSpeaker(day.organiserId, day.sessionIds[1], now, 'Ben Idle'),
    ];
    const personOf = ({ speakerId }: { speakerId: string }) => `speaker:${speakerId}`;
    for (const one of [ana, ben])
      expect(await publish('whip', issue(streamId, personOf(one)))).to.equal('ok');
    const unused = issue(streamId, personOf(ana));
    const scope = { organiserId: day.organiserId, eventId: day.eventId };
    await withdrawSpeaker(memberActor(day.organiserId), { ...scope, speakerId: ana.speakerId }, product.deps);
    const cuts = () =>
      media.asked.filter(
        ({ name, message }) => name === 'cut' && message.streamId === streamId && message.tag,
      );
    await until('the media process to be told', () => cuts().length > 0);
    expect(cuts().map(({ message }) => message.tag)).to.deep.equal([personOf(ana)]);
    expect(await publish('whip', unused)).to.equal('not-now');
  });

  it('ends for a speaker who is sent out of the live room, on air or not', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const now = product.clock.now();
    const ana = await seedSpeaker(day.organiserId, day.sessionIds[1], now);
    const person = `speaker:${ana.speakerId}`;
    expect(await publish('whip', issue(streamId, person))).to.equal('ok');
    const [speaker, moderator] = [
      await connect(product.url, ana.cookie),
      await connect(product.url, (await seedMember(day.organiserId, now)).cookie),
    ];
    const { eventId } = day;
    const me = await ask<Mine>(speaker, 'mine:read', { eventId });
    if (!me.ok) throw new Error(me.message);
    await ask(moderator, 'viewer:ban', { eventId, participantId: me.participantId, isBanned: true });
    await until('the media process to be told', () =>
      media.asked.some(
        ({ name, message }) => name === 'cut' && message.streamId === streamId && message.tag === person,
      ),
    );
    expect(await publish('whip', issue(streamId, person))).to.equal('not-now');
    [speaker, moderator].forEach((socket) => socket.disconnect());
  });

  it('ends on a stage that the session was moved away from', async () => {
    const { streamId } = await giveKey(product, day.eventId);
    const { speakerId } = await seedSpeaker(day.organiserId, day.sessionIds[1], product.clock.now());
    const ticket = issue(streamId, `speaker:${speakerId}`);
    await SessionModel.updateOne({ _id: day.sessionIds[1] }, { $set: { stageId: 'elsewhere' } });
    expect(await publish('whip', ticket)).to.equal('not-now');
  });
});
