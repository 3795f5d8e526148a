import { Router } from 'express';
import type { Deps } from '../deps.ts';
import { listPublicEvents } from '../events/event.queries.ts';
import type { PublicAnswers } from '../platform/http/share-page.ts';
import { listSpeakerSlugsOfEvents, loadListing } from './catalogue.queries.ts';
import { favicon } from './favicon.rules.ts';
import { eventsFeed, robots, sitemap } from './feed.rules.ts';

/** What is read by machines: feeds, the sitemap, the icon. */
export function feedRoutes(deps: Deps, answers: PublicAnswers): Router {
  const router = Router();
  const { publicUrl } = deps.config;

  router.get('/events.rss', (request, response) =>
    answers.text(request, response, 'application/rss+xml; charset=utf-8', async (now) =>
      eventsFeed(await loadListing('all', now), { publicUrl, name: response.locals.site.name }),
    ),
  );

  router.get('/sitemap.xml', (request, response) =>
    answers.text(request, response, 'application/xml; charset=utf-8', async () => {
      const events = await listPublicEvents();
      const speakers = await listSpeakerSlugsOfEvents(events);
      return sitemap(
        [
          '/',
          '/events',
          ...events.map(({ slug }) => `/events/${slug}`),
          ...speakers.map((slug) => `/speakers/${slug}`),
          '/privacy',
          '/accessibility',
          '/terms',
        ].map((path) => publicUrl + path),
      );
    }),
  );

  router.get('/robots.txt', (request, response) =>
    answers.text(request, response, 'text/plain; charset=utf-8', () => Promise.resolve(robots(publicUrl))),
  );

  router.get('/favicon.svg', (request, response) =>
    answers.text(request, response, 'image/svg+xml', () => Promise.resolve(favicon)),
  );
  router.get('/favicon.ico', (_request, response) => response.redirect(302, '/favicon.svg'));

  return router;
}
