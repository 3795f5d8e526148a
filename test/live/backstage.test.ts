import { expect } from 'chai';
import type { ChatMessage } from '../../server/contracts/live-chat.ts';
import type { LiveQuestion } from '../../server/contracts/live-questions.ts';
import { openProduct, type Product } from '../support/product.ts';
import {
  ask,
  connect,
  join,
  nextFacts,
  seedLiveDay,
  seedMember,
  seedSignIn,
  seedSpeaker,
  seedViewer,
} from './live-day.ts';

describe('backstage', () => {
  let product: Product;
  before(async function () {
    this.timeout(30_000);
    product = await openProduct({ worker: false });
  });
  after(() => product.close());

  async function openDay() {
    const now = product.clock.now();
    const day = await seedLiveDay(now);
    return {
      ...day,
      path: `/events/${day.slug}/backstage`,
      speaker: await seedSpeaker(day.organiserId, day.sessionIds[1], now),
      organiser: await seedMember(day.organiserId, now),
      viewer: await seedViewer(day.eventId, day.organiserId, now),
    };
  }
  const get = async (path: string, cookie = '') => {
    const response = await fetch(`${product.url}${path}`, { headers: { cookie }, redirect: 'manual' });
    return { status: response.status, html: await response.text() };
  };
  const post = async (path: string, cookie: string, fields: Record<string, string>) => {
    const response = await fetch(`${product.url}${path}`, {
      method: 'POST',
      headers: { cookie, origin: product.url },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
    return { status: response.status, html: await response.text() };
  };

  it('is for speakers and who runs the day; for everybody else it is not there', async () => {
    const day = await openDay();
    const now = product.clock.now();
    const page = await get(day.path, day.speaker.cookie);
    expect(page.status).to.equal(200);
    expect(page.html).to.include('Heat pumps in old hospitals').and.include('until you start');
    expect((await get(day.path, day.organiser.cookie)).status).to.equal(200);
    expect((await get('/account', day.speaker.cookie)).html).to.include(`href="${day.path}"`);
    expect((await get('/account', day.viewer.cookie)).html).not.to.include('/backstage');
    const moderator = await seedMember(day.organiserId, now, 'moderator');
    expect((await get(day.path, moderator.cookie)).status).to.equal(200);

    const other = await seedLiveDay(now);
    const outsiders = [
      day.viewer,
      await seedSignIn({ kind: 'attendee', email: 'stranger@example.org' }, now),
      await seedMember(other.organiserId, now, 'owner'),
      await seedSpeaker(other.organiserId, other.sessionIds[0], now),
    ];
    for (const { cookie } of outsiders) {
      const seen = await get(day.path, cookie);
      expect(seen.status).to.equal(404);
      expect(seen.html).not.to.include('Decarbonising the Public Estate');
      expect((await post(`${day.path}/chat`, cookie, { text: 'Let me in' })).status).to.equal(404);
    }
    const onlooker = await seedMember(day.organiserId, now, 'finance');
    expect((await get(day.path, onlooker.cookie)).status).to.equal(403);
    expect((await get(day.path)).status).to.be.oneOf([302, 303, 401]);
    expect((await get('/events/no-such-day/backstage', day.speaker.cookie)).status).to.equal(404);
  });

  it('has a chat of its own that no viewer hears, also without script', async () => {
    const day = await openDay();
    const [speaker, organiser, viewer] = await Promise.all(
      [day.speaker, day.organiser, day.viewer].map(({ cookie }) => connect(product.url, cookie)),
    );
    await join(speaker!, day.eventId, null, 'backstage');
    await join(organiser!, day.eventId, null, 'moderators');
    await join(viewer!, day.eventId);
    const heardByViewer: unknown[] = [];
    viewer!.on('live:facts', (push) => heardByViewer.push(push));
    const said = nextFacts(organiser!);
    const message = {
      eventId: day.eventId,
      channel: 'backstage',
      stageId: null,
      clientId: 'from-backstage',
      text: 'My microphone is dead',
      replyToId: null,
    };
    const first = await ask<{ message: ChatMessage }>(speaker!, 'chat:post', message);
    expect((await said)[0]?.fact).to.have.nested.property('message.text', 'My microphone is dead');
    const again = await ask<{ message: ChatMessage }>(speaker!, 'chat:post', message);
    if (!first.ok || !again.ok) throw new Error('The chat was refused');
    expect(again.message.id).to.equal(first.message.id);
    const viewerSays = await ask(viewer!, 'chat:post', { ...message, clientId: 'from-a-viewer' });
    expect(viewerSays).to.include({ ok: false, code: 'not-found' });

    const sent = await post(`${day.path}/chat`, day.organiser.cookie, { text: 'Somebody is coming' });
    expect(sent.status).to.equal(303);
    const page = await get(day.path, day.speaker.cookie);
    expect(page.html).to.include('My microphone is dead').and.include('Somebody is coming');
    expect((await get(`/events/${day.slug}/live`, day.viewer.cookie)).html).not.to.include('microphone');
    const empty = await post(`${day.path}/chat`, day.speaker.cookie, { text: ' ' });
    expect(empty.status).to.equal(422);
    expect(empty.html).to.include('Write something first');
    expect(heardByViewer).to.deep.equal([]);
    [speaker, organiser, viewer].forEach((socket) => socket!.disconnect());
  });

  it('shows a speaker what was put to them, and takes the answer in writing', async () => {
    const day = await openDay();
    const [viewer, organiser] = await Promise.all(
      [day.viewer, day.organiser].map(({ cookie }) => connect(product.url, cookie)),
    );
    const asked = await ask<{ question: LiveQuestion }>(viewer!, 'question:ask', {
      eventId: day.eventId,
      stageId: 'main',
      sessionId: null,
      clientId: 'asked-first',
      text: 'How loud are they?',
      isAnonymous: false,
    });
    if (!asked.ok) throw new Error(asked.message);
    const { id: questionId } = asked.question;
    expect((await get(day.path, day.speaker.cookie)).html).not.to.include('How loud are they?');
    const shown = { eventId: day.eventId, questionId };
    let { revision } = asked.question;
    expect(await ask(organiser!, 'question:move', { ...shown, move: 'show', revision })).to.include({
      ok: true,
    });
    revision += 1;
    const answerPath = `${day.path}/questions/${questionId}/answer`;
    const notTheirs = await post(answerPath, day.speaker.cookie, {
      text: 'Quiet',
      revision: String(revision),
    });
    expect(notTheirs.status).to.equal(422);
    expect(notTheirs.html).to.include('put to you');
    const assign = { ...shown, speakerId: day.speaker.speakerId, revision };
    expect(await ask(organiser!, 'question:assign', assign)).to.include({ ok: true });
    revision += 1;
    const page = await get(day.path, day.speaker.cookie);
    expect(page.html).to.include('For you').and.include('How loud are they?');
    const answer = { text: 'Quieter than a fridge', revision: String(revision) };
    expect((await post(answerPath, day.speaker.cookie, answer)).status).to.equal(303);
    const room = await get(`/events/${day.slug}/live?tab=questions`, day.viewer.cookie);
    expect(room.html).to.include('Quieter than a fridge');
    [viewer, organiser].forEach((socket) => socket!.disconnect());
  });
});
