import { expect } from 'chai';
import { AuditEntryModel } from '../../server/audit/audit-entry.model.ts';
import type { LiveAnswer } from '../../server/contracts/live-messages.ts';
import { LiveRoomModel } from '../../server/live-rooms/live-room.model.ts';
import { openProduct, type Product } from '../support/product.ts';
import { openRoom, type Room } from '../chat/chat-room.ts';

describe('how a live room is run', () => {
  let product: Product;
  let room: Room;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  beforeEach(async () => (room = await openRoom(product)));
  afterEach(() => room.close());
  after(() => product.close());

  it('is changed by one of two moderators who press at once; the other is told, and everybody hears', async () => {
    const [one, two, viewer] = [await room.member(), await room.member(), await room.viewer()];
    const change = (socket: typeof one.socket, changes: object, revision: number) =>
      room.ask<LiveAnswer<'room:change'>>(socket, 'room:change', { changes, revision });
    const answers = await Promise.all([
      change(one.socket, { isChatOpen: false }, 0),
      change(two.socket, { slowModeSeconds: 30 }, 0),
    ]);
    expect(answers.filter(({ ok }) => ok)).to.have.length(1);
    const refused = answers.find(({ ok }) => !ok);
    expect(refused).to.include({ code: 'conflict' });
    expect(refused).to.have.property('message').that.includes('Somebody else');
    for (const audience of ['viewers', 'moderators', 'backstage'] as const)
      expect((await room.facts(audience)).map(({ name }) => name)).to.deep.equal(['room:changed']);
    expect(await change(two.socket, { isChatOpen: true, slowModeSeconds: 30 }, 1)).to.include({ ok: true });
    expect((await room.sees(viewer.cookie)).room).to.include({
      isChatOpen: true,
      slowModeSeconds: 30,
      revision: 2,
    });
    expect(
      await AuditEntryModel.countDocuments({ action: 'room:changed', organiserId: room.organiserId }),
    ).to.equal(2);
    expect(await change(viewer.socket, { isChatOpen: false }, 2)).to.include({
      ok: false,
      code: 'not-found',
    });
    expect(await change(one.socket, { stageView: null }, 2)).to.include({ ok: false, code: 'invalid' });
    expect(await change(one.socket, { slowModeSeconds: -1 }, 2)).to.include({ ok: false, code: 'invalid' });
  });

  it('keeps a list of words that only moderators read, and holds to it at once', async () => {
    const [viewer, moderator] = [await room.viewer(), await room.member()];
    const words = ['Bother', 'bóther', ' Silly,  Goose ', '!!!'];
    expect(await room.ask(moderator.socket, 'word-list:change', { words })).to.include({ ok: true });
    const read = (socket: typeof viewer.socket) => room.ask(socket, 'word-list:read');
    expect(await read(moderator.socket)).to.deep.equal({ ok: true, words: ['bother', 'silly goose'] });
    expect(await read(viewer.socket)).to.include({ ok: false, code: 'not-found' });
    expect(await room.post(viewer.socket, 'Oh bother')).to.include({ ok: false, code: 'forbidden' });
    expect(JSON.stringify(await room.sees(viewer.cookie))).not.to.include('goose');
    expect(await room.facts('viewers')).to.deep.equal([]);
    const [entry] = await AuditEntryModel.find({ organiserId: room.organiserId }).lean();
    expect(entry?.changes).to.deep.equal({ words: { before: 0, after: 2 } });
    await room.ask(moderator.socket, 'word-list:change', { words: [] });
    expect(await room.post(viewer.socket, 'Oh bother')).to.include({ ok: true });
  });

  it('puts one thing on the stage view, counted as a change of the room', async () => {
    const [viewer, moderator] = [await room.viewer(), await room.member()];
    const show = (socket: typeof viewer.socket, item: object | null) =>
      room.ask(socket, 'stage-view:show', { item });
    const item = { kind: 'question', id: 'q-1' };
    expect(await show(viewer.socket, item)).to.include({ ok: false, code: 'not-found' });
    for (const press of ['first', 'second'])
      expect(await show(moderator.socket, item), press).to.include({ ok: true });
    const facts = await room.facts('viewers');
    expect(facts).to.have.length(1);
    expect(facts[0]).to.deep.nested.include({ 'room.stageView': item, 'room.revision': 1 });
    await show(moderator.socket, null);
    expect((await LiveRoomModel.findById(room.eventId).lean())?.stageView).to.equal(null);
  });

  it('is changed by nobody from elsewhere', async () => {
    const elsewhere = await openRoom(product);
    const [stranger, moderator] = [await elsewhere.viewer(), await elsewhere.member()];
    const payloads = {
      'room:change': { changes: { isChatOpen: false }, revision: 0 },
      'word-list:read': {},
      'word-list:change': { words: ['x'] },
      'stage-view:show': { item: null },
      'hand:raise': { stageId: 'main' },
    } as const;
    for (const [name, payload] of Object.entries(payloads) as [keyof typeof payloads, object][])
      for (const { socket } of [stranger, moderator])
        expect((await room.ask(socket, name, payload)).ok, name).to.equal(false);
    elsewhere.close();
    expect(await LiveRoomModel.countDocuments({ _id: room.eventId })).to.equal(0);
  });
});
