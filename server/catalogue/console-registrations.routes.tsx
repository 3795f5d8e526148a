import { Router } from 'express';
import { ConsoleRegistrationsPage } from '../../client/pages/console/registrations.tsx';
import type { Deps } from '../deps.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { countIntents, listIntents } from '../registrations/intent.queries.ts';
import { listAccessNeeds, listRegistrationsOfEvent } from '../registrations/registration.queries.ts';
import { openAccessNeeds } from '../registrations/seal-access-needs.ts';
import { countSeats } from '../registrations/seats.queries.ts';
import { registeredOf, shortMoment } from './console-event.rules.ts';
import { intentTotals } from './intent-totals.rules.ts';
import { openConsoleEvent } from './open-console-event.ts';

const size = 50;

/** Who has a place; what they need is opened only for members who arrange for it. */
export function consoleRegistrationRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/console/events/:eventId/registrations', async (request, response) => {
    const { eventId } = request.params;
    const { actor, event, shown } = await openConsoleEvent(response, eventId, 'registration:read', deps);
    const number = pageOf(request.query.page);
    const [{ rows, total }, seats, intentCounts] = await Promise.all([
      listRegistrationsOfEvent(event.organiserId, event._id, { number, size }),
      countSeats(event._id),
      countIntents(event._id),
    ]);
    const mayReadNeeds = hasPermission(actor, 'access-needs:read', event.organiserId);
    const ids = rows.map(({ registrationId }) => registrationId);
    const intents = await listIntents(event._id, ids);
    const needs = mayReadNeeds ? await listAccessNeeds(event._id, ids) : new Map<string, string>();
    const path = (page: number) => `${shown.path}/registrations?page=${page}`;
    const last = Math.max(1, Math.ceil(total / size));
    sendPage(
      response,
      <ConsoleRegistrationsPage
        event={shown}
        summary={[
          `${registeredOf(seats)} places taken`,
          ...intentTotals(intentCounts, deps.config.inbound !== null),
        ].join(' · ')}
        registrations={rows.map((row) => ({
          id: row.registrationId,
          name: row.name,
          email: row.email,
          organisation: row.organisation,
          jobTitle: row.jobTitle,
          state: row.status,
          intent: intents.get(row.registrationId) ?? null,
          registered: shortMoment(row.createdAt, event.zone),
          accessNeeds:
            openAccessNeeds(
              { _id: row.registrationId, accessNeeds: needs.get(row.registrationId) ?? null },
              deps.secrets,
            ) || null,
        }))}
        pages={
          last > 1
            ? {
                text: `Page ${number} of ${last}`,
                previousPath: number > 1 ? path(Math.min(last, number - 1)) : null,
                nextPath: number < last ? path(number + 1) : null,
              }
            : null
        }
      />,
    );
  });

  return router;
}

/** Whatever is no page number is the first page. */
export function pageOf(value: unknown): number {
  return typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : 1;
}
