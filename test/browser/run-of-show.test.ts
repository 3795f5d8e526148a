import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { trusted } from 'mongoose';
import type { LiveFact } from '../../server/contracts/live-facts.ts';
import type { LiveAnswer, LiveMessageName } from '../../server/contracts/live-messages.ts';
import {
  ask,
  connect,
  join,
  seedLiveDay,
  seedMember,
  seedViewer,
  type LiveSocket,
} from '../live/live-day.ts';
import { ParticipantModel } from '../../server/participants/participant.model.ts';
import { openBrowser } from '../support/browser.ts';
import { complaintsOn, violationsOn } from '../support/pages/page-faults.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

describe('the run of show by keyboard alone', function () {
  this.timeout(60_000);
  let product: Product;
  let browser: Browser;
  let page: Page;
  let viewer: LiveSocket;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let complaints: string[];
  const heard: LiveFact[] = [];

  before(async () => {
    [product, browser] = await Promise.all([openProduct({ worker: false, looks: true }), openBrowser()]);
    const now = product.clock.now();
    day = await seedLiveDay(now);
    const organiser = await seedMember(day.organiserId, now);
    const place = await seedViewer(day.eventId, day.organiserId, now);
    viewer = await connect(product.url, place.cookie);
    viewer.on('live:facts', ({ facts }) => heard.push(...facts.map(({ fact }) => fact)));
    await join(viewer, day.eventId);
    await say('live:beat', { stageId: 'main', isWatching: true });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    complaints = complaintsOn(page);
    const [name = '', value = ''] = organiser.cookie.split('=');
    await page.context().addCookies([{ name, value, url: product.url }]);
    await page.goto(`${product.url}/console/events/${day.eventId}/run-of-show`);
    await page.waitForSelector('[data-connection=connected]');
  });
  after(async () => {
    viewer?.disconnect();
    await browser?.close();
    await product?.close();
  });

  const say = async <K extends LiveMessageName>(name: K, message: object): Promise<LiveAnswer<K>> => {
    const answer = await ask<LiveAnswer<K>>(viewer, name, { eventId: day.eventId, ...message });
    if (!answer.ok) throw new Error(`${name}: ${answer.message}`);
    return answer;
  };
  const hear = async <N extends LiveFact['name']>(
    name: N,
    matches: (fact: LiveFact) => boolean = () => true,
  ) => {
    await until(name, () => heard.some((fact) => fact.name === name && matches(fact)));
    return heard.find((fact) => fact.name === name && matches(fact)) as Extract<LiveFact, { name: N }>;
  };
  const focused = () =>
    page.evaluate<string>(`(() => {
      const { activeElement: at } = document;
      const label = at.labels?.[0] ?? at;
      return at.tagName.toLowerCase() + ' ' + label.textContent.replaceAll(/\\s+/g, ' ').trim();
    })()`);
  /** Walks with Tab until the focus is on what begins so, as somebody without a mouse does. */
  async function tabTo(what: string) {
    for (let steps = 0; steps < 120; steps += 1) {
      await page.keyboard.press('Tab');
      if ((await focused()).startsWith(what)) return;
    }
    throw new Error(`Tab never came to “${what}”; it stands on “${await focused()}”`);
  }
  const read = (words: string) => page.waitForSelector(`text=${words}`);

  it('goes live with one key, and not while somebody types', async () => {
    await page.keyboard.press('5');
    await tabTo('textarea Announcement');
    await page.keyboard.type('Going live? Press g or x.');
    expect(await page.textContent('.show-current')).to.include('Next to go live');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('g');
    await read('Now on air');
    const moved = await hear('session:moved');
    expect(moved.session).to.include({ id: day.sessionIds[0], state: 'live' });
  });

  it('extends with one key, and everybody has the new end', async () => {
    await page.keyboard.press('e');
    await read('has 5 minutes more');
    const { agenda } = await hear('agenda:changed');
    expect(agenda.sessions[0]?.endsAt).to.equal(
      new Date(product.clock.now().getTime() + 15 * 60_000).toISOString(),
    );
  });

  it('shows a question that waits', async () => {
    const { question } = await say('question:ask', {
      stageId: 'main',
      sessionId: null,
      clientId: 'question-1',
      text: 'Would you do the theatres first?',
      isAnonymous: false,
    });
    await page.keyboard.press('1');
    await read('Would you do the theatres first?');
    await tabTo('button Show “Would');
    await page.keyboard.press('Enter');
    const shown = await hear(
      'question:changed',
      (fact) => 'question' in fact && fact.question.id === question.id,
    );
    expect(shown.question.state).to.equal('visible');
    // The row went from under the focus, which did not fall back to the top of the page.
    await page.waitForSelector('button:has-text("Take live")');
    await until('the focus in the panel', async () => (await focused()).startsWith('div'));
    await tabTo('button On stage view “Would');
    await page.keyboard.press('Enter');
    await read('Put on the stage view.');
  });

  it('makes a poll and opens it', async () => {
    await page.keyboard.press('3');
    await tabTo('summary Make a poll');
    await page.keyboard.press('Enter');
    await tabTo('textarea Question');
    await page.keyboard.type('Who signs off heat?');
    await tabTo('textarea Options');
    await page.keyboard.type('Estates\nFinance');
    await tabTo('button Keep as a draft');
    await page.keyboard.press('Enter');
    await read('The poll is ready');
    expect(heard.some(({ name }) => name === 'poll:changed')).to.equal(false);
    await page.waitForSelector('#polls-draft');
    await tabTo('button Open “Who');
    await page.keyboard.press('Enter');
    const { poll } = await hear('poll:changed');
    expect(poll).to.deep.include({ state: 'open', question: 'Who signs off heat?' });
    expect(poll.options.map(({ text }) => text)).to.deep.equal(['Estates', 'Finance']);
    await say('poll:vote', { pollId: poll.id, choice: { optionIds: [poll.options[0]?.id], word: null } });
    await page.waitForSelector('caption:has-text("1 person has voted")');
    expect(await violationsOn(page)).to.deep.equal([]);
  });

  it('tells everybody something', async () => {
    await page.keyboard.press('5');
    await tabTo('button We have lost the picture');
    await page.keyboard.press('Enter');
    await tabTo('button Show to');
    await page.keyboard.press('Enter');
    const { announcement } = await hear('announcement:made');
    expect(announcement).to.include({
      kind: 'incident',
      urgency: 'assertive',
      text: 'We have lost the picture. We are on it, please stay.',
    });
    await page.waitForSelector('button:has-text("Take down")');
    expect(await page.inputValue('#announce-text')).to.equal('');
  });

  it('times somebody out', async () => {
    // Who is here is known by heartbeats, which are gathered for some seconds before they are stored.
    await until('a stored heartbeat', async () =>
      Boolean(await ParticipantModel.exists({ lastSeenAt: trusted({ $ne: null }) })),
    );
    await page.keyboard.press('4');
    await tabTo('input Name or organisation');
    await page.keyboard.type('Rhian');
    await tabTo('button Find');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=tabpanel] >> text=1 person');
    await tabTo('button Time out 10 min');
    await page.keyboard.press('Enter');
    await read('Rhian Beddoe can only read for the next 10 minutes.');
    const refused = await ask(viewer, 'chat:post', {
      eventId: day.eventId,
      channel: 'stage',
      stageId: 'main',
      clientId: 'message-1',
      text: 'Hello?',
      replyToId: null,
    });
    expect(refused).to.include({ ok: false, code: 'forbidden' });
    await page.waitForSelector('#silenced-title:has-text("1")');
  });

  it('asks before it ends, takes no for an answer, and ends', async () => {
    await page.keyboard.press('x');
    await page.waitForSelector('dialog[open]');
    expect(await page.textContent('dialog'))
      .to.include('The session ends for')
      .and.to.include('You can undo it');
    expect(await violationsOn(page)).to.deep.equal([]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    expect(await page.textContent('.show-current')).to.include('Now on air');
    await page.keyboard.press('x');
    await page.waitForSelector('dialog[open]');
    await tabTo('button End session');
    await page.keyboard.press('Enter');
    await page.waitForSelector('button:has-text("Undo end")');
    await hear('session:moved', (fact) => fact.name === 'session:moved' && fact.session.state === 'ended');
  });

  it('lists the keys, and switches them off for good', async () => {
    await page.keyboard.press('?');
    await read('Extend by 5 minutes');
    await tabTo('input Single keys act');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('1');
    expect(await page.getAttribute('[role=tab][aria-selected=true]', 'id')).to.equal('tab-people');
    await page.reload();
    await page.waitForSelector('[data-connection=connected]');
    await page.waitForSelector('button:has-text("switched off")');
    await page.keyboard.press('g');
    await page.keyboard.press('3');
    expect(await page.getAttribute('[role=tab][aria-selected=true]', 'id')).to.equal('tab-questions');
    expect(complaints).to.deep.equal([]);
  });

  it('moves between the panels with arrows, as tabs do', async () => {
    await page.focus('#tab-questions');
    for (const [key, tab] of [
      ['ArrowRight', 'chat'],
      ['End', 'room'],
      ['ArrowRight', 'questions'],
      ['ArrowLeft', 'room'],
      ['Home', 'questions'],
    ]) {
      await page.keyboard.press(key ?? '');
      expect(await page.evaluate<string>('document.activeElement.id')).to.equal(`tab-${tab ?? ''}`);
      expect(await page.getAttribute(`#tab-${tab ?? ''}`, 'aria-selected')).to.equal('true');
    }
  });

  it('puts on the mixer’s page what the organiser chose, while it is open', async () => {
    const address = await page.textContent('#stage-view-address');
    const mixer = await browser.newPage();
    const faults = complaintsOn(mixer);
    await mixer.goto(address ?? '');
    await mixer.waitForSelector('text=Would you do the theatres first?');
    await page.click('#tab-room');
    await page.click('.show-switch button:has-text("Take off")');
    await mixer.waitForSelector('text=Would you do the theatres first?', { state: 'detached' });
    expect(faults).to.deep.equal([]);
  });
});
