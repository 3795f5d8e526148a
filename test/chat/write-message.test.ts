import { expect } from 'chai';
import { ChatMessageModel } from '../../server/chat/chat-message.model.ts';
import type { Deps } from '../../server/deps.ts';
import { LiveRoomModel } from '../../server/live-rooms/live-room.model.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { heardBy, openRoom, type Room } from './chat-room.ts';

describe('writing in the chat', () => {
  let product: Product;
  let room: Room;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  beforeEach(async () => (room = await openRoom(product)));
  afterEach(() => room.close());
  after(() => product.close());
  const settings = (changes: object) =>
    LiveRoomModel.updateOne(
      { _id: room.eventId },
      { $set: changes, $setOnInsert: { organiserId: room.organiserId } },
      { upsert: true },
    );

  it('is heard by viewers and moderators of the stage, and is there for who comes later', async () => {
    const [one, two, moderator] = [
      await room.viewer('Siân Price', 'NHS Wales'),
      await room.viewer(),
      await room.member(),
    ];
    const [viewerHears, moderatorHears] = [heardBy(two.socket), heardBy(moderator.socket)];
    const message = await room.posted(one.socket, 'Good morning from Bangor');
    expect(message).to.deep.include({
      text: 'Good morning from Bangor',
      stageId: 'main',
      replyTo: null,
      reactions: {},
    });
    expect(message.author).to.include({ name: 'Siân Price', organisation: 'NHS Wales', role: 'attendee' });
    const fact = { name: 'chat:posted', message };
    await until('both to hear', () => viewerHears.length === 1 && moderatorHears.length === 1);
    expect(viewerHears[0]).to.deep.include({ seq: 1, fact });
    expect(moderatorHears[0]).to.deep.include({ seq: 1, fact });
    expect((await room.sees(two.cookie)).chat).to.deep.equal([message]);
  });

  it('keeps backstage among speakers and moderators', async () => {
    const [viewer, speaker, moderator] = [await room.viewer(), await room.speaker(), await room.member()];
    const place = { channel: 'backstage', stageId: null };
    const message = await room.posted(speaker.socket, 'Can I have five more minutes?', place);
    await room.posted(moderator.socket, 'Yes, take them', place);
    expect(await room.post(viewer.socket, 'Hello?', place)).to.include({ ok: false, code: 'not-found' });
    expect(await room.facts('viewers')).to.deep.equal([]);
    expect(await room.facts('backstage')).to.have.length(2);
    expect((await room.sees(viewer.cookie)).chat).to.deep.equal([]);
    expect((await room.sees(speaker.cookie)).chat).to.deep.equal([]);
    expect((await room.sees(speaker.cookie, 'backstage')).chat[0]).to.deep.equal(message);
    expect((await room.sees(moderator.cookie, 'moderators')).chat).to.have.length(2);
  });

  it('is one message when it is sent twice, at once or later, also when slow mode came between', async () => {
    const { socket } = await room.viewer();
    const more = { clientId: 'the-same-1' };
    const [first, again] = await Promise.all([
      room.posted(socket, 'Once', more),
      room.posted(socket, 'Once', more),
    ]);
    await settings({ slowModeSeconds: 60 });
    const later = await room.posted(socket, 'Once', more);
    expect(again).to.deep.equal(first);
    expect(later).to.deep.equal(first);
    expect(await ChatMessageModel.countDocuments({ eventId: room.eventId })).to.equal(1);
    expect(await room.facts('viewers')).to.have.length(1);
    const other = await room.viewer();
    expect((await room.posted(other.socket, 'Mine', more)).id).not.to.equal(first.id);
  });

  it('lets one of two posts at once through in slow mode, says how long to wait, and spares moderators', async () => {
    await settings({ slowModeSeconds: 30 });
    const { socket, cookie } = await room.viewer();
    const otherDevice = await room.open(cookie);
    const answers = await Promise.all([room.post(socket, 'One'), room.post(otherDevice, 'Two')]);
    expect(answers.filter(({ ok }) => ok)).to.have.length(1);
    const refused = answers.find(({ ok }) => !ok);
    expect(refused).to.include({ code: 'too-many-requests', retryAfterMs: 30_000 });
    expect(refused).to.have.property('message').that.includes('30 seconds');
    product.clock.advance({ seconds: 29 });
    expect(await room.post(socket, 'Still too soon')).to.include({ ok: false, retryAfterMs: 1_000 });
    product.clock.advance({ seconds: 1 });
    expect(await room.post(socket, 'Now')).to.include({ ok: true });
    const moderator = await room.member();
    for (const text of ['One', 'Two'])
      expect(await room.post(moderator.socket, text)).to.include({ ok: true });
  });

  it('is closed to all but moderators when the chat is closed; backstage stays open', async () => {
    await settings({ isChatOpen: false });
    const [viewer, speaker, moderator] = [await room.viewer(), await room.speaker(), await room.member()];
    for (const { socket } of [viewer, speaker])
      expect(await room.post(socket, 'Hello')).to.deep.include({
        ok: false,
        code: 'forbidden',
        message: 'The chat is closed just now.',
      });
    expect(await room.post(moderator.socket, 'The chat is closed')).to.include({ ok: true });
    const place = { channel: 'backstage', stageId: null };
    expect(await room.post(speaker.socket, 'Hello', place)).to.include({ ok: true });
  });

  it('refuses listed words, however they are dressed, and nothing that only contains one', async () => {
    await settings({ words: ['bother', 'silly goose'] });
    const people = [await room.viewer(), await room.viewer(), await room.viewer()];
    const refused = [
      'BOTHER!',
      'oh b.o.t.h.e.r',
      'b o t h e r it',
      'b0ther',
      'bóthér',
      'bo\u200bther',
      'a silly, goose',
    ];
    for (const [index, text] of refused.entries())
      expect(await room.post(people[index % 2]!.socket, text), text).to.include({
        ok: false,
        code: 'forbidden',
      });
    for (const text of ['The Botherham bypass', 'silly me, a goose!', 'both er'])
      expect(await room.post(people[2]!.socket, text), text).to.include({ ok: true });
    expect(await room.post((await room.member()).socket, 'bother')).to.include({ ok: false });
  });

  it('refuses stages of elsewhere and answers nobody from elsewhere', async () => {
    const { socket } = await room.viewer();
    for (const stageId of ['other', null, ''])
      expect(await room.post(socket, 'Hello', { stageId })).to.include({ ok: false, code: 'invalid' });
    expect(await ChatMessageModel.countDocuments({ eventId: room.eventId })).to.equal(0);
    const elsewhere = await openRoom(product);
    const there = await elsewhere.posted((await elsewhere.viewer()).socket, 'A secret');
    elsewhere.close();
    expect((await room.posted(socket, 'What?', { replyToId: there.id })).replyTo).to.equal(null);
  });

  it('shows whom a message answers and whom it names', async () => {
    const [one, two] = [await room.viewer('Siân Price'), await room.viewer('Ann Price-Jones')];
    const first = await room.posted(one.socket, 'Which pumps\ndid you take? '.repeat(8));
    const answer = await room.posted(two.socket, 'Ours, @sian PRICE, and @nobody', { replyToId: first.id });
    expect(answer.replyTo).to.include({ id: first.id, name: 'Siân Price' });
    expect([...(answer.replyTo?.excerpt ?? '')].length).to.be.within(60, 80);
    expect(answer.mentions).to.deep.equal([
      (await room.participantOf({ registrationId: one.registrationId }))._id,
    ]);
    expect((await room.posted(one.socket, 'a@b.example')).mentions).to.deep.equal([]);
  });

  it('keeps whatever is typed as text', async () => {
    const seen: string[] = [];
    for (const text of hostileTexts.slice(0, 16)) {
      const { socket } = await room.viewer();
      seen.push((await room.posted(socket, text)).text);
    }
    expect(seen[5]).to.equal(hostileTexts[5]);
    expect(seen.join('')).not.to.match(/[\u202a-\u202e\u0000-\u0009\u000b-\u001f\u007f]/);
    const { socket } = await room.viewer();
    expect(await room.post(socket, 'x'.repeat(501))).to.include({ ok: false, code: 'invalid' });
    expect(await room.post(socket, ' \n ')).to.include({ ok: false, code: 'invalid' });
    expect(await room.post(socket, 'Hi', { replyToId: { $ne: null } })).to.include({
      ok: false,
      code: 'invalid',
    });
  });

  it('makes few transactions of fifty posts at once, and tells both audiences in one order', async function () {
    this.timeout(20_000);
    const people = await Promise.all(Array.from({ length: 50 }, () => room.viewer()));
    const moderator = await room.member();
    const [viewerHears, moderatorHears] = [heardBy(people[0]!.socket), heardBy(moderator.socket)];
    let transactions = 0;
    const deps: { transaction: Deps['transaction'] } = product.deps;
    const { transaction } = deps;
    deps.transaction = (work) => {
      transactions += 1;
      return transaction(work);
    };
    const answers = await Promise.all(people.map(({ socket }, index) => room.post(socket, `Post ${index}`)));
    deps.transaction = transaction;
    expect(answers.every(({ ok }) => ok)).to.equal(true);
    expect(transactions).to.be.within(1, 15);
    await until('all to be heard', () => viewerHears.length === 50 && moderatorHears.length === 50);
    expect(viewerHears.map(({ seq }) => seq)).to.deep.equal(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    expect(viewerHears.map(({ fact }) => fact)).to.deep.equal(moderatorHears.map(({ fact }) => fact));
    expect((await room.sees(people[1]!.cookie)).chat.map(({ text }) => text)).to.deep.equal(
      viewerHears.map(({ fact }) => (fact.name === 'chat:posted' ? fact.message.text : '')),
    );
  });

  it('answers outsiders and onlookers that they may not', async () => {
    const stranger = await (await openRoom(product)).viewer();
    expect(await room.post(stranger.socket, 'Hello')).to.include({ ok: false, code: 'forbidden' });
    stranger.socket.disconnect();
    const onlooker = await room.member('viewer');
    expect(await room.post(onlooker.socket, 'Hello')).to.include({ ok: false, code: 'forbidden' });
    expect(await ChatMessageModel.countDocuments({ eventId: room.eventId })).to.equal(0);
  });
});
