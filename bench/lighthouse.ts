// Lighthouse on the event page and home of the running product with the demo; mobile form factor, its default throttling.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { spawnProduct } from '../test/support/spawned-product.ts';
import { chromiumPath } from '../test/support/browser.ts';
import { median, printFigure } from './support/figures.ts';

const categories = ['accessibility', 'performance', 'best-practices', 'seo'] as const;
const least = { accessibility: 100, performance: 95, 'best-practices': 95, seo: 95 };
const rounds = process.argv.includes('--full') ? 5 : 1;

const folder = mkdtempSync(join(tmpdir(), 'plenary-lighthouse-'));
const product = await spawnProduct({
  dataDirectory: join(folder, 'data'),
  environment: { SEED_DEMO: 'true' },
});
const chrome = await launch({
  chromePath: chromiumPath(),
  chromeFlags: [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});
try {
  const home = await (await fetch(product.url)).text();
  const event = /href="(\/events\/[a-z0-9-]+)"/.exec(home)?.[1] ?? '/';
  for (const [name, path] of [
    ['event page', event],
    ['home', '/'],
  ] as const) {
    const scores = new Map<string, number[]>();
    for (let round = 0; round < rounds; round += 1) {
      const result = await lighthouse(product.url + path, {
        port: chrome.port,
        output: 'json',
        logLevel: 'error',
        onlyCategories: [...categories],
      });
      if (!result) throw new Error('Lighthouse gave no result');
      for (const category of categories) {
        scores.set(category, [
          ...(scores.get(category) ?? []),
          Math.round((result.lhr.categories[category]?.score ?? 0) * 100),
        ]);
      }
      for (const audit of Object.values(result.lhr.audits)) {
        if (
          round === 0 &&
          audit.score !== null &&
          audit.score < 0.9 &&
          ['binary', 'numeric'].includes(audit.scoreDisplayMode)
        )
          console.log(`${name}: ${audit.id} ${audit.score} ${audit.displayValue ?? ''}`);
      }
    }
    for (const category of categories)
      printFigure('lighthouse', `${name}, ${category}`, median(scores.get(category) ?? []), {
        least: least[category],
      });
  }
} finally {
  chrome.kill();
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
}
