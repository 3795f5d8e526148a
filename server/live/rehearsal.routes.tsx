import { Router } from 'express';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { requireMember } from '../organisers/permission.rules.ts';
import { startRehearsal } from '../sessions/start-rehearsal.ts';
import { endRehearsal } from './end-rehearsal.ts';

const path = '/console/events/:eventId/rehearsal';

/** The two buttons of a rehearsal; the rest of it is a run of show like any other. */
export function rehearsalRoutes(deps: Deps): Router {
  const router = Router();

  router.post(path, async (request, response) => {
    const actor = requireMember(response.locals.actor);
    const result = await startRehearsal(actor, { eventId: request.params.eventId }, deps);
    if (!result.ok) throw new AppError('conflict', 'Add a session to the agenda first, then rehearse it.');
    response.redirect(303, `/console/events/${result.rehearsalId}/run-of-show`);
  });

  router.post(`${path}/end`, async (request, response) => {
    const actor = requireMember(response.locals.actor);
    const { eventId } = request.params;
    await endRehearsal(actor, { eventId }, deps);
    response.redirect(303, `/console/events/${encodeURIComponent(eventId)}/run-of-show`);
  });
  return router;
}
