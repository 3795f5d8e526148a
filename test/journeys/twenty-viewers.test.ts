import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { LiveQuestion } from '../../server/contracts/live-questions.ts';
import {
  ask,
  connect,
  join,
  seedLiveDay,
  seedMember,
  seedViewer,
  type LiveSocket,
} from '../live/live-day.ts';
import { openBrowser } from '../support/browser.ts';
import { openProduct, type Product } from '../support/product.ts';
import { until } from '../support/until.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const crowd = 20;

/** Lets a page's clock be moved on with the product's, without touching its timers. */
const movableClock = `{
  const real = Date.now.bind(Date);
  let ahead = 0;
  Date.now = () => real() + ahead;
  globalThis.moveClock = (ms) => (ahead += ms);
}`;

describe('twenty people in one live room for an hour', function () {
  this.timeout(240_000);
  let product: Product;
  let browser: Browser;
  let day: Awaited<ReturnType<typeof seedLiveDay>>;
  let director: LiveSocket;
  const pages: Page[] = [];

  before(async () => {
    [product, browser] = await Promise.all([openProduct({ looks: true }), openBrowser()]);
    const now = product.clock.now();
    day = await seedLiveDay(now, { isAutomatic: true });
    const organiser = await seedMember(day.organiserId, now);
    director = await connect(product.url, organiser.cookie);
    await join(director, day.eventId, null, 'moderators');
    for (let index = 0; index < crowd; index += 1) {
      const { cookie } = await seedViewer(
        day.eventId,
        day.organiserId,
        now,
        `viewer${index}@estates.example`,
      );
      const context = await browser.newContext({ viewport: { width: index % 2 ? 1200 : 390, height: 800 } });
      const [name = '', value = ''] = cookie.split('=');
      await context.addCookies([{ name, value, url: product.url }]);
      await context.addInitScript(movableClock);
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      await page.goto(`${product.url}/events/${day.slug}/live`);
      await page.waitForSelector('[data-connection=connected]');
      pages.push(page);
    }
  });
  after(async () => {
    director?.disconnect();
    await browser?.close();
    await product?.close();
  });

  const everybody = (work: (page: Page) => Promise<unknown>) => Promise.all(pages.map(work));
  const pass = async (minutes: number) => {
    product.clock.advance({ minutes });
    // To a page this is a sleep, after which it begins a new connection.
    await everybody((page) =>
      page.evaluate(`new Promise((resolve) => {
        let wasLost = false;
        const look = () => {
          const { connection } = document.querySelector('[data-connection]').dataset;
          if (connection === 'connected' && wasLost) return resolve();
          wasLost ||= connection !== 'connected';
        };
        new MutationObserver(look).observe(document.body, { subtree: true, attributes: true, childList: true });
        moveClock(${minutes * 60_000});
      })`),
    );
  };
  const allSee = (selector: string) =>
    everybody((page) => page.waitForSelector(selector, { state: 'visible' }));
  const allLose = (selector: string) =>
    everybody((page) => page.waitForSelector(selector, { state: 'detached' }));
  const tab = (name: string) => everybody((page) => page.press(`#tab-${name}`, 'Space'));
  const tell = async <T extends object>(name: Parameters<typeof ask>[1], payload: object): Promise<T> => {
    const answer = await ask<T>(director, name, { eventId: day.eventId, ...payload });
    if (!answer.ok) throw new Error(`${name}: ${answer.message}`);
    return answer;
  };
  const viewer = (index: number): Page => {
    const page = pages[index];
    if (!page) throw new Error(`No page ${index}`);
    return page;
  };
  const faultless = async (state: string) => {
    for (const page of [viewer(0), viewer(1)]) {
      await page.evaluate(axeSource);
      const found = await page.evaluate<string[]>(
        `axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
      );
      expect(found, state).to.deep.equal([]);
    }
  };

  it('moves everybody through the agenda by itself, by the clock of the event', async () => {
    await allSee('[data-state=on-air]');
    await everybody(async (page) => expect(await page.textContent('h1')).to.equal('Welcome to the day'));
    await tab('agenda');
    await faultless('agenda');
    await pass(10);
    await allSee('h1:has-text("Heat pumps in old hospitals")');
  });

  it('brings what one writes with the keyboard to all, and takes back what a moderator removes', async () => {
    await tab('chat');
    await viewer(3).focus('#say');
    await viewer(3).keyboard.type('Good morning from Pennine, see https://pennine.example/<script>');
    await viewer(3).keyboard.press('Enter');
    await allSee('.room-said:has-text("Good morning from Pennine")');
    for (let index = 4; index < 10; index += 1) {
      await viewer(index).focus('#say');
      await viewer(index).keyboard.type(`Message ${index}`);
      await viewer(index).keyboard.press('Enter');
    }
    for (let index = 4; index < 10; index += 1) await allSee(`.room-said:has-text("Message ${index}")`);
    await faultless('chat');
    const id = await viewer(0).getAttribute('li[data-message]:has-text("Message 5")', 'data-message');
    await tell('chat:delete', { messageId: id });
    await allLose('.room-said:has-text("Message 5")');
    await pass(10);
  });

  it('shows a question once a moderator lets it through, with everybody’s votes, and its answer', async () => {
    await tab('questions');
    await viewer(2).focus('#ask');
    await viewer(2).keyboard.type('Who paid for the new substation?');
    await viewer(2).click('button:has-text("Ask"):not(:has-text("without"))');
    await viewer(2).waitForSelector('.is-waiting:has-text("substation")');
    expect(await viewer(1).locator('text=substation').count()).to.equal(0);
    const joined = await join(director, day.eventId, null, 'moderators');
    if (!joined.ok || joined.kind !== 'snapshot') throw new Error('a snapshot was expected');
    const known = [...joined.snapshot.questions];
    for (const { fact } of joined.facts) if (fact.name === 'question:changed') known.push(fact.question);
    const question = known.find(({ text }) => text.includes('substation')) as LiveQuestion;
    await tell('question:move', { questionId: question.id, move: 'show', revision: question.revision });
    await allSee('li[data-question]:has-text("substation") .room-vote');
    await everybody((page) => page.press('li[data-question]:has-text("substation") .room-vote', 'Enter'));
    await allSee(`.room-vote:has-text("${crowd}")`);
    await faultless('questions');
    await tell('question:move', {
      questionId: question.id,
      move: 'take-live',
      revision: question.revision + 1,
    });
    await allSee('li.is-now:has-text("Being answered now")');
    await pass(10);
  });

  it('counts every vote of a poll once, and shows all the result when it closes', async () => {
    await tab('polls');
    const { pollId } = await tell<{ pollId: string }>('poll:save', {
      pollId: null,
      clientId: 'poll-of-the-day',
      stageId: 'main',
      kind: 'single',
      question: 'What stops you this winter?',
      options: ['Radiators', 'Hot water'],
      results: 'after-closing',
      revision: 0,
    });
    await tell('poll:move', { pollId, move: 'open', closesInSeconds: null, revision: 1 });
    await allSee(`[data-poll="${pollId}"] input[type=radio]`);
    await faultless('open poll');
    await Promise.all(
      pages.map(async (page, index) => {
        await page.focus(`[data-poll="${pollId}"] input[type=radio] >> nth=${index < 5 ? 0 : 1}`);
        await page.keyboard.press('Space');
        await page.press(`[data-poll="${pollId}"] button[type=submit]`, 'Enter');
        await page.waitForSelector('text=You can change it until the poll closes');
      }),
    );
    const answer = await join(director, day.eventId, null, 'moderators');
    if (!answer.ok || answer.kind !== 'snapshot') throw new Error('a snapshot was expected');
    const revision = Math.max(
      ...answer.snapshot.polls.map((poll) => poll.revision),
      ...answer.facts.map(({ fact }) => (fact.name === 'poll:changed' ? fact.poll.revision : 0)),
    );
    await tell('poll:move', { pollId, move: 'close', closesInSeconds: null, revision });
    await allSee(`details[data-poll="${pollId}"] summary:has-text("${crowd} votes")`);
    await everybody((page) => page.press(`details[data-poll="${pollId}"] summary`, 'Enter'));
    await everybody(async (page) => {
      const table = await page.innerText(`details[data-poll="${pollId}"] table`);
      expect(table)
        .to.match(/Radiators[\s\S]*25/)
        .and.to.match(/Hot water[\s\S]*75/);
    });
    await faultless('closed poll');
    await pass(10);
  });

  it('says what the organisers announce, sends away whom they ban, and ends the day for everybody', async () => {
    const { announcement } = await tell<{ announcement: { id: string } }>('announcement:make', {
      clientId: 'announcement-1',
      kind: 'notice',
      urgency: 'polite',
      text: 'Lunch is at half past twelve.',
      expiresInMinutes: null,
    });
    await allSee('[role=status] [data-notice]:has-text("Lunch is at half past twelve.")');
    await faultless('announcement');
    await tell('announcement:withdraw', { announcementId: announcement.id });
    await allLose('[data-notice]');

    await pass(20);
    await allSee('[data-state=between], [data-state=on-air]');
    // Half an hour without a word would sign the organiser out.
    await join(director, day.eventId, null, 'moderators');
    await pass(20);
    await allSee('[data-state=ended]');
    await faultless('ended');
    const gone = await until('the banned viewer to be known', async () => {
      const { viewers } = await tell<{ viewers: { participantId: string; role: string }[] }>('viewer:find', {
        text: '',
        isHere: false,
        page: 1,
      });
      return viewers.find(({ role }) => role === 'attendee');
    });
    await tell('viewer:ban', { participantId: gone.participantId, isBanned: true });
    await until('one page to be sent away', async () => {
      const refused = await Promise.all(
        pages.map((page) => page.locator('[data-connection=refused]').count()),
      );
      return refused.filter((count) => count > 0).length === 1;
    });
  });
});
