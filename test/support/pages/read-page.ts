import type { VNode } from 'preact';
import type { Site } from '../../../client/layouts/site-context.ts';
import { renderPage } from './gallery.ts';

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const decode = (text: string) =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);

/** The markup of a page, and the words a person reads on it. */
export function readPage(page: VNode, site: Partial<Site> = {}) {
  const html = renderPage(page, site);
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '';
  return {
    html,
    title: decode(/<title>([^<]*)/.exec(html)?.[1] ?? ''),
    text: decode(main.replace(/<[^>]+>/g, ' '))
      .replace(/\s+/g, ' ')
      .replace(/ (?=[.,:;!?])/g, '')
      .trim(),
    /** Opening tags of one element, so that their attributes can be looked at. */
    tags: (name: string) => html.match(new RegExp(`<${name}\\b[^>]*>`, 'g')) ?? [],
    /** Where links lead. */
    links: [...html.matchAll(/<a\b[^>]*href="([^"]*)"/g)].map(([, href]) => decode(href ?? '')),
    structuredData: () =>
      JSON.parse(
        /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? 'null',
      ) as unknown,
  };
}
