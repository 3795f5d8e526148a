import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { gallery } from '../support/pages/gallery.ts';
import { serveGallery } from '../support/pages/gallery-server.ts';
import { chosenLooks, complaintsOn, overflowOn, violationsOn } from '../support/pages/page-faults.ts';

/** Breaks several rules at once: if this passes, the check is not looking. */
const seededBad = `<!doctype html><html><head><title></title></head><body>
  <img src="x.png"><a href="#"></a><input><img src="" alt="" width="3000" height="1"><h4>Skipped</h4><p style="color: red">red</p><button></button></body></html>`;

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

  for (const { width, colorScheme } of chosenLooks) {
    describe(`at ${width} px, ${colorScheme}`, () => {
      let page: Page;
      let complaints: string[] = [];

      before(async () => {
        const viewport = { width, height: 900 };
        const context = await browser.newContext({ viewport, colorScheme, timezoneId: 'Europe/Brussels' });
        page = await context.newPage();
        complaints = complaintsOn(page);
      });
      beforeEach(() => void complaints.splice(0));
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
