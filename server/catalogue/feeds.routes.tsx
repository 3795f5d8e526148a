import { Router } from 'express';
import { publicCalendar } from '../calendar-invites/calendar-invite.rules.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import {
  getPublicEventBySlug,
  listPublicEvents,
  listPublicSeries,
  type ListedEvent,
} from '../events/event.queries.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import type { PublicAnswers } from '../platform/http/share-page.ts';
import { accentStyles } from './accent.rules.ts';
import { calendarEntry } from './calendar-feed.rules.ts';
import { listOrganiserNames, listSpeakerSlugsOfEvents, loadListing } from './catalogue.queries.ts';
import { favicon } from './favicon.rules.ts';
import { eventsFeed, robots, sitemap } from './feed.rules.ts';
import { slugOfSeries } from './series.rules.ts';

const keptDays = 60;
const keptSince = (now: Date) => new Date(now.getTime() - keptDays * 86_400_000);

/** What is read by machines: feeds, the sitemap, the icon, an event's accent. */
export function feedRoutes(deps: Deps, answers: PublicAnswers): Router {
  const router = Router();
  const { publicUrl } = deps.config;

  const calendarType = 'text/calendar; charset=utf-8';

  router.get('/events.ics', (request, response) =>
    answers.text(request, response, calendarType, async (now) => {
      // A calendar that is subscribed to forgets what is no longer in it, so cancelled and late events stay a while.
      const events = await listPublicEvents({ endsAfter: keptSince(now) });
      return calendarOf(events, `Events from ${response.locals.site.name}`);
    }),
  );

  router.get('/series/:slug.ics', (request, response) =>
    answers.text(request, response, calendarType, async (now) => {
      const series = (await listPublicSeries()).filter((name) => slugOfSeries(name) === request.params.slug);
      const [name] = series;
      if (name === undefined) throw notFound('that series');
      return calendarOf(await listPublicEvents({ endsAfter: keptSince(now), series }), name);
    }),
  );

  // Mails and other sites link to the first.
  router.get(['/events/:slug.ics', '/events/:slug/event.ics'], (request, response) => {
    const slug = String(request.params.slug);
    return answers.text(request, response, calendarType, async () => {
      const event = await getPublicEventBySlug(slug);
      const organiser = await getOrganiser(event.organiserId);
      const entry = calendarEntry(event, organiser.name, deps.config);
      return publicCalendar([entry], { name: event.title, refreshInHours: 6 });
    });
  });

  async function calendarOf(events: readonly ListedEvent[], name: string): Promise<string> {
    const names = await listOrganiserNames(events);
    const entries = events.map((event) =>
      calendarEntry(event, names.get(event.organiserId) ?? '', deps.config),
    );
    return publicCalendar(entries, { name, refreshInHours: 6 });
  }

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

  router.get('/accents/:file', (request, response) => {
    const hex = /^([0-9a-f]{6})\.css$/.exec(request.params.file)?.[1];
    if (!hex) throw notFound('that style sheet');
    response.set('Cache-Control', 'public, max-age=31536000, immutable');
    response.type('css').send(accentStyles(`#${hex}`));
  });

  router.get('/favicon.svg', (request, response) =>
    answers.text(request, response, 'image/svg+xml', () => Promise.resolve(favicon)),
  );
  router.get('/favicon.ico', (_request, response) => response.redirect(302, '/favicon.svg'));

  return router;
}
