import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { SessionMove } from '../../server/contracts/live-messages.ts';
import { EventModel } from '../../server/events/event.model.ts';
import { directSession } from '../../server/live/direct-session.ts';
import { SessionModel } from '../../server/sessions/session.model.ts';
import { seedLiveDay, seedMember, seedSignIn, seedViewer } from '../live/live-day.ts';
import { openBrowser } from '../support/browser.ts';
import {
  chosenLooks,
  complaintsOn,
  overflowOn,
  stillViolationsOn,
  violationsOn,
} from '../support/pages/page-faults.ts';
import { openProduct, type Product } from '../support/product.ts';

/** What was pressed on which session until the day stood so, and what a viewer then reads. */
const states: Readonly<Record<string, { moves: readonly [number, SessionMove][]; shown: string }>> = {
  before: { moves: [], shown: 'before' },
  live: { moves: [[0, 'go-live']], shown: 'on-air' },
  paused: { moves: [[0, 'go-live'], [0, 'pause']], shown: 'paused' }, // prettier-ignore
  'between sessions': { moves: [[0, 'go-live'], [0, 'end']], shown: 'between' }, // prettier-ignore
  ended: { moves: [[0, 'go-live'], [0, 'end'], [1, 'skip'], [2, 'skip']], shown: 'ended' }, // prettier-ignore
  cancelled: { moves: [], shown: 'cancelled' },
};

describe('the pages of a live day in a browser', function () {
  this.timeout(30_000);
  let product: Product;
  let browser: Browser;
  const days = new Map<string, Awaited<ReturnType<typeof openDay>>>();

  before(async () => {
    [product, browser] = await Promise.all([openProduct({ worker: false, looks: true }), openBrowser()]);
    for (const state of Object.keys(states)) days.set(state, await openDay(state));
  });
  after(async () => {
    await browser?.close();
    await product?.close();
  });

  /** A day that has come to a state, with somebody to watch it and somebody to run it. */
  async function openDay(state: string) {
    const now = product.clock.now();
    const day = await seedLiveDay(now);
    const { eventId, organiserId, sessionIds, slug } = day;
    const stages = [
      { id: 'main', name: 'Main stage' },
      { id: 'workshops', name: 'Workshops and round tables' },
    ];
    const status = state === 'cancelled' ? 'cancelled' : 'published';
    await EventModel.updateOne({ _id: eventId }, { $set: { stages, status } });
    await SessionModel.updateOne({ _id: sessionIds[1] }, { $set: { stageId: null } });
    const viewer = await seedViewer(eventId, organiserId, now);
    const organiser = await seedMember(organiserId, now);
    const onlooker = await seedMember(organiserId, now, 'viewer');
    for (const [place, move] of states[state]?.moves ?? []) {
      const sessionId = sessionIds[place] ?? '';
      const session = await SessionModel.findById(sessionId).orFail();
      const actor = { kind: 'system', name: 'test' } as const;
      const moved = await directSession(
        actor,
        { eventId, sessionId, move, revision: session.revision },
        product.deps,
      );
      expect(moved.ok, `${state}: ${move}`).to.equal(true);
    }
    return {
      room: `/events/${slug}/live`,
      show: `/console/events/${eventId}/run-of-show`,
      cookies: { viewer: viewer.cookie, organiser: organiser.cookie, onlooker: onlooker.cookie },
    };
  }

  for (const { width, colorScheme } of chosenLooks) {
    for (const javaScriptEnabled of [true, false]) {
      describe(`at ${width} px, ${colorScheme}, ${javaScriptEnabled ? 'with' : 'without'} script`, () => {
        let page: Page;
        let reader: Page;
        let complaints: string[] = [];

        before(async () => {
          const viewport = { width, height: 900 };
          page = await browser.newPage({ viewport, colorScheme, javaScriptEnabled });
          reader = await browser.newPage({ viewport, colorScheme });
          complaints = complaintsOn(page);
        });
        beforeEach(() => void complaints.splice(0));
        after(() => Promise.all([page.close(), reader.close()]));

        async function open(path: string, cookie = '') {
          await page.context().clearCookies();
          const [name = '', value = ''] = cookie.split('=');
          if (cookie) await page.context().addCookies([{ name, value, url: product.url }]);
          return page.goto(product.url + path);
        }
        async function openLive(path: string, cookie: string) {
          expect((await open(path, cookie))?.status()).to.equal(200);
          await page.waitForSelector(`[data-connection=${javaScriptEnabled ? 'connected' : 'still'}]`);
        }
        async function expectNoFaults(expectedComplaints: readonly string[] = []) {
          const violations = javaScriptEnabled ? violationsOn(page) : stillViolationsOn(page, reader);
          expect(await violations).to.deep.equal([]);
          expect(await overflowOn(page)).to.equal(0);
          expect(complaints).to.deep.equal(expectedComplaints);
        }

        for (const [state, { shown }] of Object.entries(states)) {
          it(`the live room, ${state}, has no fault`, async () => {
            const { room, cookies } = days.get(state)!;
            await openLive(room, cookies.viewer);
            expect(await page.getAttribute('[data-state]', 'data-state')).to.equal(shown);
            await expectNoFaults();
          });

          it(`the run of show, ${state}, has no fault`, async () => {
            const { show, cookies } = days.get(state)!;
            await openLive(show, cookies.organiser);
            await expectNoFaults();
          });
        }

        it('the run of show of who may only look on has no fault', async () => {
          const { show, cookies } = days.get('live')!;
          await openLive(show, cookies.onlooker);
          expect(await page.textContent('main')).to.include('Your role may look on');
          await expectNoFaults();
        });

        it('a page for outsiders has no fault', async () => {
          const { room } = days.get('live')!;
          const { cookie } = await seedSignIn(
            { kind: 'attendee', email: 'stranger@example.org' },
            product.clock.now(),
          );
          for (const [whose, status, words] of [
            ['', 401, 'Unauthorized'],
            [cookie, 403, 'Forbidden'],
          ] as const) {
            complaints.splice(0);
            expect((await open(room, whose))?.status()).to.equal(status);
            // Chromium writes every page down that is not answered with 200.
            await expectNoFaults([
              `Failed to load resource: the server responded with a status of ${status} (${words})`,
            ]);
          }
        });
      });
    }
  }
});
