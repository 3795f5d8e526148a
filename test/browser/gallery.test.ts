import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { gallery } from '../support/pages/gallery.ts';
import { serveGallery } from '../support/pages/gallery-server.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Breaks several rules at once: if this passes, the check is not looking. */
const seededBad = `<!doctype html><html><head><title></title></head><body>
  <img src="x.png"><a href="#"></a><input><img src="" alt="" width="3000" height="1"><h4>Skipped</h4><p style="color: red">red</p><button></button></body></html>`;

const looks = [
  { width: 360, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 1440, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;
const chosen = process.env.PLENARY_FULL_TESTS ? looks : looks.slice(0, 2);

describe('every page in every state', function () {
  this.timeout(30_000);
  let browser: Browser;
  let served: Awaited<ReturnType<typeof serveGallery>>;

  before(async () => {
    served = await serveGallery({ 'seeded bad': seededBad });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await served.close();
  });

  for (const { width, colorScheme } of chosen) {
    describe(`at ${width} px, ${colorScheme}`, () => {
      let page: Page;
      let complaints: string[] = [];

      before(async () => {
        const viewport = { width, height: 900 };
        const context = await browser.newContext({ viewport, colorScheme, timezoneId: 'Europe/Brussels' });
        page = await context.newPage();
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
      });
      beforeEach(() => (complaints = []));
      after(() => page.context().close());

      for (const { name } of gallery) {
        it(`${name}: axe finds nothing, nothing runs off the side, and the browser has no complaint`, async () => {
          await page.goto(served.address(name));
          expect(await violationsOn(page)).to.deep.equal([]);
          expect(await overflowOn(page)).to.equal(0);
          expect(complaints).to.deep.equal([]);
        });
      }

      it('a page made badly is found out', async () => {
        await page.goto(served.address('seeded bad'));
        expect((await violationsOn(page)).length).to.be.greaterThan(5);
        expect(await overflowOn(page)).to.be.greaterThan(1000);
        expect(complaints.join()).to.contain('Content Security Policy');
      });
    });
  }
});

/** Brought in by the debugger, which the pages' own policy does not bind, so the policy stays on. */
async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (values) => {
    const axe = (window as unknown as { axe: typeof axeCore }).axe;
    const { violations } = await axe.run({
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
    });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
    );
  }, tags);
}

function overflowOn(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
