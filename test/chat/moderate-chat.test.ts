import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import { ChatMessageModel } from '../../server/chat/chat-message.model.ts';
import { lastChatOfRoom } from '../../server/chat/chat.queries.ts';
import type { LiveAnswer } from '../../server/contracts/live-messages.ts';
import { LiveFactModel } from '../../server/live-log/live-fact.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';
import { heardBy, openRoom, type Room } from './chat-room.ts';

describe('what becomes of a chat message', () => {
  let product: Product;
  let room: Room;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  beforeEach(async () => (room = await openRoom(product)));
  afterEach(() => room.close());
  after(() => product.close());

  it('is gone for everybody once deleted: from facts, snapshot, history, quotes and the store', async () => {
    const [author, other, moderator] = [await room.viewer(), await room.viewer(), await room.member()];
    const first = await room.posted(author.socket, 'Before it');
    const message = await room.posted(author.socket, 'Something secret');
    const reply = await room.posted(other.socket, 'Really?', { replyToId: message.id });
    const heard = heardBy(moderator.socket);
    const messageId = message.id;
    expect(await room.ask(other.socket, 'chat:delete', { messageId })).to.include({
      ok: false,
      code: 'forbidden',
    });
    expect(await room.ask(author.socket, 'chat:delete', { messageId })).to.include({ ok: true });
    expect(await room.ask(author.socket, 'chat:delete', { messageId })).to.include({ ok: true });
    const gone = { name: 'chat:deleted', messageId, by: 'author' };
    await until('it to be heard', () => heard.at(-1)?.fact.name === 'chat:deleted');
    expect(heard.at(-1)?.fact).to.deep.equal(gone);
    expect(heard.filter(({ fact }) => fact.name === 'chat:deleted')).to.have.length(1);

    for (const audience of ['viewers', 'moderators'] as const) {
      const cookie = audience === 'viewers' ? other.cookie : moderator.cookie;
      const resumed = await room.come(cookie, 0, audience);
      expect(resumed).to.include({ ok: true, kind: 'facts', seq: 4 });
      const seen = await room.sees(cookie, audience);
      expect(JSON.stringify([resumed, seen]), audience).not.to.include('secret');
      expect(seen.chat.map(({ id }) => id)).to.deep.equal([first.id, reply.id]);
      expect(seen.chat[1]?.replyTo).to.equal(null);
    }
    const place = { channel: 'stage', stageId: 'main', beforeId: reply.id };
    const page = await room.ask<LiveAnswer<'chat:history'>>(other.socket, 'chat:history', place);
    expect(page).to.deep.include({ ok: true, messages: [first], hasMore: false });
    const stored = JSON.stringify([await ChatMessageModel.find().lean(), await LiveFactModel.find().lean()]);
    expect(stored).not.to.include('secret');
    expect(await AuditEntryModel.countDocuments({ organiserId: room.organiserId })).to.equal(0);
    expect(await room.post(author.socket, 'Again', { clientId: 'gone-gone' })).to.include({ ok: true });
  });

  it('is taken away by a moderator, in the audit log by its number and never by its text', async () => {
    const [author, moderator] = [await room.viewer(), await room.member()];
    const { id } = await room.posted(author.socket, 'An advertisement', { clientId: 'clientid-1' });
    expect(await room.ask(moderator.socket, 'chat:delete', { messageId: id })).to.include({ ok: true });
    expect((await room.facts('viewers')).at(-1)).to.deep.equal({
      name: 'chat:deleted',
      messageId: id,
      by: 'moderator',
    });
    const entries = await AuditEntryModel.find({ organiserId: room.organiserId }).lean();
    expect(entries.map(({ action, subject }) => [action, subject.id])).to.deep.equal([
      ['chat-message:deleted', id],
    ]);
    expect(JSON.stringify(entries)).not.to.include('advertisement');
    expect(await room.post(author.socket, 'An advertisement', { clientId: 'clientid-1' })).to.include({
      code: 'gone',
    });
  });

  it('counts one reaction of a kind a person, however often and from wherever it is pressed', async () => {
    const [one, two] = [await room.viewer(), await room.viewer()];
    const { id } = await room.posted(one.socket, 'We did it');
    const react = (person: typeof one, isOn = true, kind = 'thanks') =>
      room.ask(person.socket, 'chat:react', { messageId: id, kind, isOn });
    await Promise.all([react(one), react(one), react(two), react(two, true, 'love')]);
    const reactions = async () => (await room.sees(one.cookie)).chat[0]?.reactions;
    expect(await reactions()).to.deep.equal({ thanks: 2, love: 1 });
    await react(one);
    await Promise.all([react(two, false), react(two, false)]);
    expect(await reactions()).to.deep.equal({ thanks: 1, love: 1 });
    const facts = (await room.facts('viewers')).filter(({ name }) => name === 'chat:reacted');
    expect(facts).to.have.length(2);
    expect(facts[1]).to.deep.equal({
      name: 'chat:reacted',
      messageId: id,
      reactions: { thanks: 1, love: 1 },
    });
    const mine = await room.ask<LiveAnswer<'mine:read'>>(one.socket, 'mine:read');
    expect(mine).to.deep.include({ reactedMessages: [{ messageId: id, kind: 'thanks' }] });
  });

  it('is reported once a person, to moderators alone, until one of them has looked', async () => {
    const [author, one, two, moderator] = [
      await room.viewer(),
      await room.viewer(),
      await room.viewer(),
      await room.member(),
    ];
    const { id: messageId } = await room.posted(author.socket, 'Rude');
    const report = (person: typeof one, reason: string) =>
      room.ask(person.socket, 'chat:report', { messageId, reason });
    expect(await report(author, 'Mine')).to.include({ ok: false, code: 'conflict' });
    await report(one, 'It is rude');
    await report(one, 'It is very rude');
    await report(two, 'Rude to me');
    expect(await room.facts('viewers')).to.have.length(1);
    expect((await room.sees(one.cookie)).reports).to.deep.equal([]);
    const reports = async () => (await room.sees(moderator.cookie, 'moderators')).reports;
    expect(await reports()).to.deep.equal([{ messageId, count: 2, reason: 'Rude to me' }]);
    expect(await room.ask(one.socket, 'chat:dismiss-report', { messageId })).to.include({
      code: 'not-found',
    });
    expect(await room.ask(moderator.socket, 'chat:dismiss-report', { messageId })).to.include({ ok: true });
    expect(await reports()).to.deep.equal([]);
    expect(await room.facts('viewers')).to.have.length(1);
  });

  it('is pinned by moderators and stays in sight however much is said after it', async () => {
    const [viewer, moderator] = [await room.viewer(), await room.member()];
    const { id: messageId } = await room.posted(viewer.socket, 'The slides are at …');
    const pin = { messageId, isPinned: true };
    expect(await room.ask(viewer.socket, 'chat:pin', pin)).to.include({ ok: false, code: 'not-found' });
    for (const press of ['first', 'second'])
      expect(await room.ask(moderator.socket, 'chat:pin', pin), press).to.include({ ok: true });
    expect((await room.facts('viewers')).slice(1)).to.deep.equal([
      { name: 'chat:pinned', messageId, isPinned: true },
    ]);
    await fill(60);
    const shown = await lastChatOfRoom(room.eventId, 'viewers');
    expect(shown).to.have.length(51);
    expect(shown[0]).to.include({ id: messageId, isPinned: true });
  });

  it('is found in the history, page by page, none missing and none twice', async () => {
    await fill(120);
    const viewer = await room.viewer();
    const seen = (await room.sees(viewer.cookie)).chat;
    expect(seen).to.have.length(50);
    await ChatMessageModel.updateOne({ _id: seen[0]!.id }, { $set: { deletedAt: new Date(), text: '' } });
    const texts = seen.map(({ text }) => text);
    for (let beforeId = seen[0]!.id, hasMore = true; hasMore;) {
      const place = { channel: 'stage', stageId: 'main', beforeId };
      const page = await room.ask<LiveAnswer<'chat:history'>>(viewer.socket, 'chat:history', place);
      if (!page.ok) throw new Error(page.message);
      texts.unshift(...page.messages.map(({ text }) => text));
      beforeId = page.messages[0]!.id;
      hasMore = page.hasMore;
    }
    expect(texts).to.deep.equal(Array.from({ length: 120 }, (_, index) => `No. ${index + 1}`));
    const backstage = { channel: 'backstage', stageId: null, beforeId: seen[0]!.id };
    expect(await room.ask(viewer.socket, 'chat:history', backstage)).to.include({ code: 'not-found' });
    const unknown = { channel: 'stage', stageId: 'main', beforeId: 'of-elsewhere' };
    expect(await room.ask(viewer.socket, 'chat:history', unknown)).to.include({ code: 'not-found' });
  });

  it('is gone with the whole stage when the chat is cleared; what is said afterwards stays', async () => {
    const [viewer, moderator] = [await room.viewer(), await room.member()];
    await room.posted(viewer.socket, 'A secret');
    await room.posted(moderator.socket, 'Not this', { channel: 'backstage', stageId: null });
    const clear = { stageId: 'main' };
    expect(await room.ask(viewer.socket, 'chat:clear', clear)).to.include({ ok: false, code: 'not-found' });
    expect(await room.ask(moderator.socket, 'chat:clear', clear)).to.include({ ok: true });
    const after = await room.posted(viewer.socket, 'Afterwards');
    expect((await room.sees(viewer.cookie)).chat).to.deep.equal([after]);
    expect((await room.sees(moderator.cookie, 'moderators')).chat.map(({ text }) => text)).to.deep.equal([
      'Not this',
      'Afterwards',
    ]);
    const resumed = await room.come(viewer.cookie, 0);
    expect(resumed).to.include({ kind: 'facts', seq: 3 });
    expect(JSON.stringify([resumed, await room.facts('moderators')])).not.to.include('secret');
    expect(await AuditEntryModel.findOne({ organiserId: room.organiserId }).lean()).to.deep.include({
      action: 'chat:cleared',
    });
  });

  it('can be touched by nobody from elsewhere', async () => {
    const { id: messageId } = await room.posted((await room.viewer()).socket, 'Ours');
    const elsewhere = await openRoom(product);
    const [stranger, moderator] = [await elsewhere.viewer(), await elsewhere.member()];
    const before = await room.facts('moderators');
    const payloads = {
      'chat:react': { messageId, kind: 'love', isOn: true },
      'chat:report': { messageId, reason: 'No' },
      'chat:delete': { messageId },
      'chat:pin': { messageId, isPinned: true },
      'chat:dismiss-report': { messageId },
    } as const;
    for (const [name, payload] of Object.entries(payloads) as [keyof typeof payloads, object][])
      for (const { socket } of [stranger, moderator]) {
        expect((await room.ask(socket, name, payload)).ok, name).to.equal(false);
        expect((await elsewhere.ask(socket, name, payload)).ok, name).to.equal(false);
      }
    elsewhere.close();
    expect(await room.facts('moderators')).to.deep.equal(before);
    expect((await ChatMessageModel.findById(messageId).lean())?.text).to.equal('Ours');
  });

  /** Old messages, stored directly. */
  async function fill(count: number) {
    const base = 1_000;
    await ChatMessageModel.insertMany(
      Array.from({ length: count }, (_, index) => ({
        _id: `${room.eventId.slice(0, 20)}-${index}`,
        eventId: room.eventId,
        channel: 'stage',
        stageId: 'main',
        participantId: 'somebody',
        author: { id: 'somebody', name: 'Mair', organisation: '', role: 'attendee' },
        clientId: `${room.eventId}-${index}`,
        text: `No. ${index + 1}`,
        at: product.clock.now(),
        seq: base + index,
        audienceSeq: base + index,
      })),
    );
  }
});
