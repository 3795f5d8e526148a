import type { EventCard } from '../contracts/event-card.ts';

const escapeXml = (text: string) =>
  text
    // XML 1.0 knows no other control characters, not even escaped.
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const element = (name: string, text: string, attributes = '') =>
  `<${name}${attributes}>${escapeXml(text)}</${name}>`;

interface FeedEvent {
  readonly _id: string;
  readonly publishedAt?: Date | null;
  readonly topics: readonly string[];
}

/** RSS 2.0 of what was announced, the newest first (https://www.rssboard.org/rss-specification). */
export function eventsFeed(
  listed: readonly { readonly event: FeedEvent; readonly card: EventCard }[],
  site: { readonly publicUrl: string; readonly name: string },
): string {
  const items = [...listed]
    .sort((a, b) => (b.event.publishedAt?.getTime() ?? 0) - (a.event.publishedAt?.getTime() ?? 0))
    .slice(0, 50)
    .map(({ event, card }) => {
      const { dateline } = card;
      const when = `${dateline.date}, ${dateline.times} ${dateline.zone}`;
      const isCancelled = card.state === 'cancelled' ? 'Cancelled: ' : '';
      return [
        '<item>',
        element('title', isCancelled + card.title),
        element('link', `${site.publicUrl}/events/${card.slug}`),
        element('guid', event._id, ' isPermaLink="false"'),
        event.publishedAt ? element('pubDate', event.publishedAt.toUTCString()) : '',
        ...event.topics.map((topic) => element('category', topic)),
        element('description', `${when}. ${card.summary}`),
        '</item>',
      ].join('');
    });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>',
    element('title', `Events from ${site.name}`),
    element('link', `${site.publicUrl}/events`),
    element('description', 'Online events as they are announced.'),
    element('language', 'en-GB'),
    `<atom:link rel="self" type="application/rss+xml" href="${escapeXml(`${site.publicUrl}/events.rss`)}"/>`,
    ...items,
    '</channel></rss>\n',
  ].join('\n');
}

/** https://www.sitemaps.org/protocol.html */
export function sitemap(addresses: readonly string[]): string {
  const urls = addresses.map((address) => `<url>${element('loc', address)}</url>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...urls,
    '</urlset>\n',
  ].join('\n');
}

/** Pages of one person are not for search engines; that they are private does not rest on this. */
export const robots = (publicUrl: string) =>
  [
    'User-agent: *',
    ...['/account', '/console', '/dev/', '/registrations/', '/sign-in', '/join', '/calendars/'].map(
      (path) => `Disallow: ${path}`,
    ),
    `Sitemap: ${publicUrl}/sitemap.xml`,
    '',
  ].join('\n');
