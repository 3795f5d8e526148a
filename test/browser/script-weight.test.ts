import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { spawnProduct, type SpawnedProduct } from '../support/spawned-product.ts';

const mostScriptBytes = 15 * 1024;

describe('public pages in a browser', function () {
  this.timeout(90_000);
  let folder: string;
  let product: SpawnedProduct;
  let browser: Browser;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plenary-weight-'));
    product = await spawnProduct({ dataDirectory: join(folder, 'data'), environment: { SEED_DEMO: 'true' } });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('load at most 15 kB of script, gzip, nothing from elsewhere, and log no error', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const troubles: string[] = [];
    let scriptBytes = 0;
    let scripts = 0;
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(product.url) && !request.url().startsWith('data:'))
        troubles.push(request.url());
    });
    const bodies: Promise<void>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      scripts += 1;
      bodies.push(response.body().then((body) => void (scriptBytes += gzipSync(body).length)));
    });

    await page.goto(product.url);
    const links = await page
      .locator('main a[href^="/events/"]')
      .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''));
    const event = links.find((href) => /^\/events\/[a-z0-9-]+$/.test(href)) ?? '';
    for (const path of [
      '/',
      '/events',
      event,
      `${event}/register`,
      '/sign-in',
      '/privacy',
      '/accessibility',
      '/terms',
    ]) {
      scriptBytes = 0;
      const response = await page.goto(product.url + path, { waitUntil: 'networkidle' });
      await Promise.all(bodies);
      expect(response?.status(), path).to.equal(200);
      expect(scriptBytes, path).to.be.at.most(mostScriptBytes);
    }
    expect(scripts).to.be.at.least(1);
    expect(troubles).to.deep.equal([]);
    await context.close();
  });
});
