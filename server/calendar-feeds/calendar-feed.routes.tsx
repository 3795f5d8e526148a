import { Router } from 'express';
import { CalendarFeedPage } from '../../client/pages/registration/calendar-feed.tsx';
import { publicCalendar } from '../calendar-invites/calendar-invite.rules.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { sendPrivateText } from '../platform/http/send-private-text.ts';
import { findCalendarFeed, findCalendarFeedByFile, loadCalendarEntries } from './calendar-feed.queries.ts';
import { feedLinks, feedPath } from './calendar-feed.rules.ts';
import { openCalendarFeed } from './open-calendar-feed.ts';
import { removeCalendarFeed } from './remove-calendar-feed.ts';
import { requireAddress } from './require-address.ts';
import { resetCalendarFeed } from './reset-calendar-feed.ts';

const page = '/account/calendar';
const notices: Readonly<Record<string, string>> = {
  made: 'Your calendar is ready to subscribe to.',
  replaced: 'Your calendar has a new address. The old one no longer works.',
  off: 'Your calendar is switched off.',
};

/** The calendar of one person to subscribe to, and the page where they make, replace and end it. */
export function calendarFeedRoutes(deps: Deps): Router {
  const router = Router();
  const { publicUrl } = deps.config;

  router.get('/calendars/:file', async (request, response) => {
    const feed = await findCalendarFeedByFile(request.params.file, deps);
    if (!feed) throw notFound('that calendar');
    const entries = await loadCalendarEntries(feed.email, deps.clock.now(), deps);
    const name = `My events on ${response.locals.site.name}`;
    const text = publicCalendar(entries, { name, refreshInHours: 1 });
    sendPrivateText(request, response, 'text/calendar; charset=utf-8', text);
  });

  router.get(page, async (request, response) => {
    const feed = await findCalendarFeed(requireAddress(response.locals.actor));
    sendPage(
      response,
      <CalendarFeedPage
        feed={feed && feedLinks(publicUrl + feedPath(feed, deps.secrets))}
        notice={notices[typeof request.query.done === 'string' ? request.query.done : ''] ?? null}
      />,
    );
  });

  router.post(page, async (_request, response) => {
    await openCalendarFeed(response.locals.actor, {}, deps);
    response.redirect(303, `${page}?done=made`);
  });

  router.post(`${page}/replace`, async (_request, response) => {
    const result = await resetCalendarFeed(response.locals.actor, {}, deps);
    response.redirect(303, result.ok ? `${page}?done=replaced` : page);
  });

  router.post(`${page}/switch-off`, async (_request, response) => {
    await removeCalendarFeed(response.locals.actor, {}, deps);
    response.redirect(303, `${page}?done=off`);
  });

  return router;
}
