import { Router, type Response } from 'express';
import { RunOfShowPage } from '../../client/pages/live/run-of-show.tsx';
import { runOfShowForm } from '../contracts/run-of-show-form.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { shownEventState } from '../events/event.rules.ts';
import { hasPermission, requirePermission } from '../organisers/permission.rules.ts';
import { readForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { directSession } from './direct-session.ts';
import { getLiveRoom } from './live.queries.ts';
import { chosenStage, refusedMove, whenInWords } from './live.rules.ts';

const path = '/console/events/:eventId/run-of-show';

/** The organiser's screen of the day; every button is a form, so it works without script. */
export function runOfShowRoutes(deps: Deps): Router {
  const router = Router();

  router.get(path, async (request, response) => {
    await show(response, request.params.eventId, request.query.stage, null, 200);
  });

  router.post(path, async (request, response) => {
    const { eventId } = request.params;
    const form = readForm(runOfShowForm, request.body);
    if (!form.ok) throw new AppError('bad-request', 'Reload the page and press the button again.');
    const { stage, ...move } = form.input;
    const result = await directSession(response.locals.actor, { eventId, ...move }, deps);
    if (!result.ok) return show(response, eventId, stage, refusedMove(result), 409);
    response.redirect(
      303,
      `/console/events/${eventId}/run-of-show${stage ? `?stage=${encodeURIComponent(stage)}` : ''}`,
    );
  });

  async function show(
    response: Response,
    eventId: string,
    stage: unknown,
    notice: string | null,
    status: number,
  ) {
    const { actor } = response.locals;
    if (actor.kind === 'visitor')
      throw new AppError('not-signed-in', 'Sign in as an organiser to run the show.');
    if (actor.kind !== 'member') throw notFound('that page');
    const event = await getEvent(eventId);
    requirePermission(actor, 'event:read', event.organiserId);
    const now = deps.clock.now();
    const audience = hasPermission(actor, 'live:moderate', event.organiserId) ? 'moderators' : 'viewers';
    const room = await getLiveRoom(eventId, audience, now);
    const eventPath = `/console/events/${eventId}`;
    const page = (
      <RunOfShowPage
        {...room}
        now={now.getTime()}
        stageId={chosenStage(room.snapshot, stage)}
        path={eventPath}
        audience={audience}
        canDirect={hasPermission(actor, 'session:direct', event.organiserId)}
        notice={notice}
        event={{
          title: event.title,
          path: eventPath,
          publicPath: `/events/${event.slug}`,
          when: whenInWords(event),
          state: shownEventState(event, room.snapshot.sessions, now),
        }}
      />
    );
    sendPage(response, page, status);
  }
  return router;
}
