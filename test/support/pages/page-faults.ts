import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const looks = [
  { width: 360, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 1440, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
] as const;

/** In which widths and themes pages are looked at; all four with PLENARY_FULL_TESTS. */
export const chosenLooks = process.env.PLENARY_FULL_TESTS ? looks : looks.slice(0, 2);

/** Brought in by the debugger, which the pages' own policy does not bind, so the policy stays on. */
export async function violationsOn(page: Page): Promise<string[]> {
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

/**
 * As `violationsOn`, for a page in a browser without script, where axe never comes to an end: `reader`, a page with
 * script, shows the same document with its scripts left out and what stands in noscript let in.
 */
export async function stillViolationsOn(page: Page, reader: Page): Promise<string[]> {
  const body = (await page.content())
    .replaceAll(/<script type="module"[^>]*><\/script>/g, '')
    .replaceAll(/<\/?noscript>/g, '');
  await reader.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await reader.goto(page.url());
  return violationsOn(reader);
}

export function overflowOn(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Everything the browser complains of, from now on. */
export function complaintsOn(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
