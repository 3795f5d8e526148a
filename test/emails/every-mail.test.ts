import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { everyMail } from './every-mail.ts';

const mails = Object.entries(everyMail());
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('every mail', () => {
  for (const [name, { html, text, subject }] of mails) {
    it(`${name}: its text says every link and time of its HTML`, () => {
      const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
      expect(links.length).to.be.above(1);
      for (const link of new Set(links)) expect(text, link).to.include(link);
      const visible = html.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ');
      for (const time of visible.match(/\b\d\d:\d\d\b/g) ?? []) expect(text).to.include(time);
      expect(text).not.to.match(/<[a-z]|&[a-z]+;|undefined|null|\[object/);
      expect(subject).to.match(/\S/);
    });

    it(`${name}: is small, loads nothing and runs nothing`, () => {
      expect(Buffer.byteLength(html)).to.be.below(100_000);
      expect(html).not.to.match(/<(img|script|link|iframe)\b|url\(|@import|undefined|\[object/);
    });
  }

  it('keeps what people typed as text, in both parts', () => {
    for (const hostile of hostileTexts) {
      const plain = everyMail();
      for (const [name, { html }] of Object.entries(everyMail((text) => text + hostile))) {
        const tags = (markup: string) => markup.match(/<\/?[a-z][a-z0-9]*/g);
        expect(tags(html), `${name} ${JSON.stringify(hostile)}`).to.deep.equal(tags(plain[name]!.html));
      }
    }
  });

  describe('in Chromium', () => {
    let browser: Browser;
    before(async () => void (browser = await openBrowser()));
    after(() => browser.close());

    const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
      [360, 700].map((width) => ({ colorScheme, width })),
    );
    for (const { colorScheme, width } of looks)
      it(`fits ${width} px ${colorScheme}, and axe finds no fault`, async () => {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
        const page = await context.newPage();
        for (const [name, { html }] of mails) {
          await page.setContent(html);
          const folder = process.env.MAIL_PICTURES;
          if (folder)
            await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
          expect(await page.evaluate('document.documentElement.scrollWidth'), name).to.be.at.most(width);
          expect(await faults(page), name).to.deep.equal([]);
        }
        await context.close();
      }).timeout(120_000);
  });
});

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
}
