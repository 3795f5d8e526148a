import { expect } from 'chai';
import { mine } from '../../support/pages/live-room-fixture.ts';
import { openPart, settled } from './part-room.ts';

const write = (room: ReturnType<typeof openPart>, text: string) => {
  room.part.sendChat.draft.value = text;
  room.part.sendChat.post();
};
const states = (room: ReturnType<typeof openPart>) =>
  room.part.sendChat.unsent.value.map(({ text, state }) => `${text}: ${state}`);

describe('writing in the chat', () => {
  it('shows a message at once, and once only when the chat has it, whichever comes first', async () => {
    const room = openPart();
    write(room, 'Hello');
    expect(states(room)).to.deep.equal(['Hello: sending']);
    expect(room.part.sendChat.draft.value).to.equal('');
    const message = room.said('m-new', { text: 'Hello' });
    await room.asked[0]?.answer({ ok: true, message });
    expect(states(room)).to.deep.equal(['Hello: sent']);
    room.hear({ name: 'chat:posted', message });
    expect(states(room)).to.deep.equal([]);

    write(room, 'Again');
    const again = room.said('m-again', { text: 'Again' });
    room.hear({ name: 'chat:posted', message: again });
    await room.asked[1]?.answer({ ok: true, message: again });
    expect(states(room)).to.deep.equal([]);
  });

  it('keeps what could not go, in order, and sends each with the same id once the page is back', async () => {
    const room = openPart();
    write(room, 'First');
    const first = room.asked[0];
    room.live.setConnection({ kind: 'lost' });
    await first?.answer(null);
    write(room, 'Second');
    await settled();
    expect(states(room)).to.deep.equal(['First: waiting', 'Second: waiting']);

    room.live.setConnection({ kind: 'connected' });
    room.part.joined();
    await settled();
    expect(room.asked).to.have.length(2);
    expect(room.asked[1]?.message).to.include({ text: 'First', clientId: first?.message.clientId });
    await room.asked[1]?.answer({ ok: true, message: room.said('m-first') });
    expect(room.asked[2]?.message).to.include({ text: 'Second' });
    expect(room.asked[2]?.message.clientId).not.to.equal(first?.message.clientId);
    await room.asked[2]?.answer({ ok: true, message: room.said('m-second') });
    room.part.sendChat.resend();
    expect(room.asked).to.have.length(3);
  });

  it('gives a refused message back with the sentence, before what was typed meanwhile', async () => {
    const room = openPart();
    write(room, 'Buy now');
    room.part.sendChat.draft.value = 'Something else';
    await room.asked[0]?.answer({ ok: false, code: 'forbidden', message: 'That word is not used here.' });
    expect(states(room)).to.deep.equal([]);
    expect(room.part.sendChat.draft.value).to.equal('Buy now\nSomething else');
    expect(room.part.sendChat.refusal.value).to.equal('That word is not used here.');
  });

  it('counts slow mode down, and sends nothing meanwhile', async () => {
    const room = openPart({ room: { ...openPart().live.snapshot.value.room, slowModeSeconds: 10 } });
    write(room, 'One');
    await room.asked[0]?.answer({ ok: true, message: room.said('m-one') });
    expect(room.part.sendChat.waitSeconds.value).to.equal(10);
    await room.pass(4_000);
    expect(room.part.sendChat.waitSeconds.value).to.equal(6);
    write(room, 'Two');
    expect(room.asked).to.have.length(1);
    expect(room.part.sendChat.draft.value).to.equal('Two');
    await room.pass(6_000);
    room.part.sendChat.post();
    expect(room.asked).to.have.length(2);
  });

  it('sends what waited for the line as soon as slow mode lets it', async () => {
    const room = openPart();
    room.live.setConnection({ kind: 'lost' });
    write(room, 'Late');
    await settled();
    room.live.setConnection({ kind: 'connected' });
    room.part.sendChat.resend();
    await room.asked[0]?.answer({
      ok: false,
      code: 'too-many-requests',
      message: 'Slow',
      retryAfterMs: 3_000,
    });
    expect(states(room)).to.deep.equal(['Late: waiting']);
    await room.pass(3_000);
    expect(room.asked[1]?.message).to.include({ text: 'Late', clientId: room.asked[0]?.message.clientId });
  });

  it('sends nothing empty and nothing too long', () => {
    const room = openPart();
    write(room, '  \n ');
    expect(room.part.sendChat.refusal.value).to.equal('Write something first');
    write(room, '👩🏽‍🚀'.repeat(200));
    expect(room.part.sendChat.refusal.value).to.equal('Use 500 characters or fewer');
    expect(room.asked).to.deep.equal([]);
  });

  it('forgets a message that was deleted before the page saw it', async () => {
    const room = openPart();
    write(room, 'Gone');
    await room.asked[0]?.answer({ ok: true, message: room.said('m-gone') });
    await room.pass(6_000);
    room.part.settle();
    expect(states(room)).to.deep.equal([]);
  });
});

describe('reading the chat', () => {
  it('counts what others wrote since the end was last seen, not one’s own, and says it every five seconds', async () => {
    const room = openPart({}, { mine });
    const post = (id: string, rest = {}) => room.hear({ name: 'chat:posted', message: room.said(id, rest) });
    await room.pass(6_000);
    post('n1');
    post('own', { author: { ...room.said('x').author, id: mine.participantId } });
    post('elsewhere', { stageId: 'workshops' });
    room.part.settle();
    expect(room.part.readChat.unread.value).to.equal(1);
    expect(room.part.readChat.spoken.value).to.equal('1 new message');
    await room.pass(1_000);
    post('n2');
    post('n3');
    room.part.settle();
    expect(room.part.readChat.spoken.value).to.equal('1 new message');
    expect(room.part.readChat.unread.value).to.equal(3);
    await room.pass(4_000);
    room.part.settle();
    expect(room.part.readChat.spoken.value).to.equal('2 new messages');
    room.hear({ name: 'chat:deleted', messageId: 'n3', by: 'moderator' });
    expect(room.part.readChat.unread.value).to.equal(2);
    room.part.readChat.sawEnd();
    expect(room.part.readChat.unread.value).to.equal(0);
  });

  it('puts earlier messages before the others, and asks for no more when there are none', async () => {
    const room = openPart();
    const before = room.live.snapshot.value.chat.length;
    void room.part.readChat.showEarlier();
    expect(room.asked[0]?.message).to.include({ beforeId: 'm2', stageId: 'main' });
    const old = room.said('old', { at: '2026-11-24T09:00:00.000Z' });
    await room.asked[0]?.answer({ ok: true, messages: [old], hasMore: false });
    expect(room.part.readChat.messages.value[0]?.id).to.equal('old');
    expect(room.live.snapshot.value.chat).to.have.length(before + 1);
    expect(room.part.readChat.hasEarlier.value).to.equal(false);
    room.hear({ name: 'chat:deleted', messageId: 'old', by: 'moderator' });
    expect(room.live.snapshot.value.chat).to.have.length(before);
  });

  it('takes a reaction back when the server did not take it', async () => {
    const room = openPart({}, { mine });
    const { readChat } = room.part;
    expect(readChat.hasReacted('m2', 'agree')).to.equal(true);
    void readChat.react('m2', 'agree');
    expect(readChat.hasReacted('m2', 'agree')).to.equal(false);
    expect(room.asked[0]?.message).to.include({ isOn: false });
    await room.asked[0]?.answer({ ok: false, code: 'forbidden', message: 'No.' });
    expect(readChat.hasReacted('m2', 'agree')).to.equal(true);
    expect(readChat.problem.value).to.equal('No.');
  });
});
