import { Router, type Response } from 'express';
import { EventPage } from '../../client/pages/public/event.tsx';
import { EventsPage } from '../../client/pages/public/events.tsx';
import { HomePage } from '../../client/pages/public/home.tsx';
import { SpeakerPage } from '../../client/pages/public/speaker.tsx';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { findEventBySlug, type Event } from '../events/event.queries.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import type { PublicAnswers } from '../platform/http/share-page.ts';
import { findPlaceOfReader } from '../registrations/my-agenda.queries.ts';
import { loadProgress } from '../replays/library.queries.ts';
import { findSpeakerBySlug } from '../speakers/speaker.queries.ts';
import { loadAppearances, loadEventStory, loadHome, loadListing } from './catalogue.queries.ts';
import { groupByMonth, monthOf } from './event-card.rules.ts';
import { eventDetail } from './event-detail.rules.ts';
import { filterChoices, matchesFilters, readEventFilters } from './event-filters.rules.ts';
import { homePage } from './home.rules.ts';
import { speakerPage } from './speaker-page.rules.ts';
import { isShownToPublic } from '../events/event.rules.ts';

/** The pages that anyone may read. */
export function catalogueRoutes(deps: Deps, answers: PublicAnswers): Router {
  const router = Router();
  const { publicUrl } = deps.config;

  router.get('/', (request, response) =>
    answers.page(request, response, async (now) => <HomePage {...homePage(await loadHome(now), now)} />),
  );

  router.get('/events', (request, response) => {
    const filters = readEventFilters(request.query);
    const make = async (now: Date) => {
      const listing = await loadListing(filters.show, now);
      const found = listing.filter(({ event }) => matchesFilters(event, filters));
      const months = groupByMonth(
        found.map(({ event, card }) => ({ iso: monthOf(event), card })),
        now,
      );
      const choices = filterChoices(
        listing.map(({ event }) => event),
        now,
      );
      return <EventsPage filters={filters} {...choices} results={months} count={found.length} />;
    };
    return answers.page(request, response, make, JSON.stringify(filters));
  });

  router.get('/events/:slug', (request, response) =>
    answers.page(request, response, async (now) => {
      const event = await findEventBySlug(request.params.slug);
      if (!event || !mayRead(event, response)) throw notFound('that event');
      const [story, place, progress] = await Promise.all([
        loadEventStory(event),
        findPlaceOfReader(event._id, response.locals),
        loadProgress(event._id, response.locals),
      ]);
      const ownPlacePath = place && `/registrations/${place._id}`;
      const stars = place && {
        action: `/registrations/${place._id}/stars`,
        from: 'event' as const,
        sessionIds: place.starredSessionIds,
      };
      const consolePath = hasPermission(response.locals.actor, 'event:read', event.organiserId)
        ? `/console/events/${event._id}`
        : null;
      const reader = { ownPlacePath, consolePath, stars, publicUrl, progress };
      return <EventPage {...eventDetail(story, now, reader)} />;
    }),
  );

  router.get('/speakers/:slug', (request, response) =>
    answers.page(request, response, async (now) => {
      const speaker = await findSpeakerBySlug(request.params.slug);
      const appearances = speaker ? await loadAppearances(speaker._id) : [];
      // Speakers of drafts only are as secret as the drafts.
      if (!speaker || appearances.length === 0) throw notFound('that speaker');
      return <SpeakerPage {...speakerPage(speaker, appearances, now)} />;
    }),
  );

  return router;
}

/** A draft is seen by those who work on it; to everybody else it does not exist. */
function mayRead(event: Event, response: Response): boolean {
  return isShownToPublic(event) || hasPermission(response.locals.actor, 'event:read', event.organiserId);
}
