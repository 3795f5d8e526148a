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
  <img src="x.png"><a href="#"></a><input><p class="wide">wide</p><h4>Skipped</h4>
  <style>.wide { width: 3000px }</style><button></button></body></html>`;

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
      before(async () => {
        const context = await browser.newContext({
          viewport: { width, height: 900 },
          colorScheme,
          timezoneId: 'Europe/Brussels',
          // Only so that axe can be brought in; what the policy forbids is checked by the console below.
          bypassCSP: true,
        });
        page = await context.newPage();
      });
      after(() => page.context().close());

      for (const { name } of gallery) {
        it(`${name}: axe finds nothing, and nothing runs off the side`, async () => {
          await page.goto(served.address(name));
          expect(await violationsOn(page)).to.deep.equal([]);
          expect(await overflowOn(page)).to.equal(0);
        });
      }

      it('a page made badly is found out', async () => {
        await page.goto(served.address('seeded bad'));
        expect((await violationsOn(page)).length).to.be.greaterThan(5);
        expect(await overflowOn(page)).to.be.greaterThan(1000);
      });
    });
  }

  it('no page breaks the content security policy', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
    for (const { name } of gallery) await page.goto(served.address(name));
    expect(complaints).to.deep.equal([]);
    await page.goto(served.address('seeded bad'));
    expect(complaints.join()).to.contain('Content Security Policy');
    await page.close();
  });
});

async function violationsOn(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axeSource });
  return page.evaluate(async (values) => {
    const axe = (window as unknown as { axe: typeof axeCore }).axe;
    const { violations } = await axe.run({ runOnly: { type: 'tag', values } });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
    );
  }, tags);
}

function overflowOn(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
