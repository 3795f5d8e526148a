import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { newId } from '../../server/platform/new-id.ts';
import { ask } from '../live/live-day.ts';
import { openQuestionDay, type QuestionDay } from '../questions/question-day.ts';
import { openBrowser } from '../support/browser.ts';
import { complaintsOn, violationsOn } from '../support/pages/page-faults.ts';
import { openProduct, type Product } from '../support/product.ts';

const mostTabs = 80;

describe('two people in a live room, by keyboard alone', function () {
  this.timeout(90_000);
  let product: Product;
  let browser: Browser;
  let day: QuestionDay;
  let [ann, ben]: Page[] = [];
  const complaints: string[][] = [];

  before(async () => {
    [product, browser] = await Promise.all([openProduct({ worker: false, looks: true }), openBrowser()]);
    day = await openQuestionDay(product, { areQuestionsModerated: false });
    [ann, ben] = await Promise.all([open(day.cookies.viewer), open(day.cookies.other)]);
  });
  after(async () => {
    await browser?.close();
    day?.close();
    await product?.close();
  });

  async function open(cookie: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: product.url }]);
    const page = await context.newPage();
    complaints.push(complaintsOn(page));
    await page.goto(`${product.url}/events/${day.slug}/live`);
    await page.waitForSelector('[data-connection=connected]');
    return page;
  }
  /** Presses Tab until the focus is on what `selector` names. */
  async function tabTo(page: Page, selector: string) {
    for (let presses = 0; presses < mostTabs; presses += 1) {
      const isThere = await page.evaluate(
        (wanted) => document.activeElement?.matches(wanted) ?? false,
        selector,
      );
      if (isThere) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never comes to ${selector}`);
  }
  async function openTab(page: Page, name: string) {
    await tabTo(page, '[role=tab][aria-selected=true]');
    for (let presses = 0; presses < 4; presses += 1) {
      if ((await page.getAttribute(`#tab-${name}`, 'aria-selected')) === 'true') break;
      await page.keyboard.press('ArrowRight');
    }
    await page.waitForSelector(`#panel-${name}[role=tabpanel]`);
    expect(await page.evaluate(() => document.activeElement?.id)).to.equal(`tab-${name}`);
  }

  it('write to each other, and answer', async () => {
    await tabTo(ann!, '#say');
    await ann!.keyboard.type('Good morning from Hereford');
    await ann!.keyboard.press('Enter');
    await ben!.waitForSelector('.room-chat li:has-text("Good morning from Hereford")');
    await ann!.waitForSelector('.room-chat li.is-mine:has-text("You")');
    await tabTo(ben!, '.room-chat .room-plain');
    await ben!.keyboard.press('Enter');
    await tabTo(ben!, '.room-message-options .room-plain');
    await ben!.keyboard.press('Enter');
    expect(await ben!.evaluate(() => document.activeElement?.id)).to.equal('say');
    await ben!.keyboard.type('And from Swansea https://example.org/');
    await ben!.keyboard.press('Enter');
    const answer = ann!.locator('.room-chat li:has-text("And from Swansea")');
    await answer.waitFor();
    expect(await answer.locator('.room-quote').textContent()).to.include('Good morning from Hereford');
    expect(await answer.locator('a').getAttribute('rel')).to.equal('noopener noreferrer nofollow ugc');
    expect(await ann!.locator('.room-chat li').count()).to.equal(2);
  });

  it('ask, and vote for each other’s question', async () => {
    await openTab(ann!, 'questions');
    await tabTo(ann!, '#ask');
    await ann!.keyboard.type('How loud are they?');
    await tabTo(ann!, '.room-composer .button');
    await ann!.keyboard.press('Enter');
    await openTab(ben!, 'questions');
    await ben!.waitForSelector('.room-questions li:has-text("How loud are they?")');
    await tabTo(ben!, '.room-vote');
    await ben!.keyboard.press('Space');
    await ben!.waitForSelector('.room-vote[aria-pressed=true]:has-text("1")');
    await ann!.waitForSelector('.room-vote[aria-pressed=false]:has-text("1")');
  });

  it('vote in a poll as soon as it opens, and see the result', async () => {
    const { moderator } = await day.openAll('moderator');
    const { eventId } = day;
    const saved = await ask<{ pollId: string }>(moderator, 'poll:save', {
      eventId,
      pollId: null,
      clientId: newId(),
      stageId: 'main',
      kind: 'single',
      question: 'Tea or coffee?',
      options: ['Tea', 'Coffee'],
      results: 'after-voting',
      revision: 0,
    });
    if (!saved.ok) throw new Error(saved.message);
    const { pollId } = saved;
    await ask(moderator, 'poll:move', { eventId, pollId, move: 'open', closesInSeconds: null, revision: 1 });
    await openTab(ann!, 'polls');
    await ann!.waitForSelector('h3:has-text("Tea or coffee?")');
    await tabTo(ann!, '.room-choice input');
    await ann!.keyboard.press('Space');
    await tabTo(ann!, '.room-poll-form .button');
    await ann!.keyboard.press('Enter');
    await ann!.waitForSelector('.room-result tr.is-chosen:has-text("100%")');
    expect(await ann!.textContent('.room-poll')).to.include('You chose “Tea”.');
    expect(await ben!.textContent('#tab-polls')).to.include('1');
  });

  it('have no fault on their pages, and a tab that comes back after a reload', async () => {
    for (const page of [ann!, ben!]) expect(await violationsOn(page)).to.deep.equal([]);
    await ann!.reload();
    await ann!.waitForSelector('#panel-polls[role=tabpanel] .room-result');
    expect(complaints.flat()).to.deep.equal([]);
  });
});
