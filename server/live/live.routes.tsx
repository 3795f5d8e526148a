import { Router } from 'express';
import { LiveOutsidePage } from '../../client/pages/live/live-outside.tsx';
import { LiveRoomPage } from '../../client/pages/live/live-room.tsx';
import type { Deps } from '../deps.ts';
import { getPublicEventBySlug } from '../events/event.queries.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { noteEntry } from '../registrations/note-entry.ts';
import { findLiveRight } from '../participants/enter-live-room.ts';
import { getLiveRoom } from './live.queries.ts';
import { chosenStage, dayInWords } from './live.rules.ts';

/** The room itself for who has a place, and a page that says how to get one for everybody else. */
export function liveRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/events/:slug/live', async (request, response) => {
    const event = await getPublicEventBySlug(request.params.slug);
    const { actor, passes } = response.locals;
    const now = deps.clock.now();
    const right = await findLiveRight(event, { actor, passes });
    if (right) {
      if (right.place) await noteEntry(event, right.place, deps);
      const room = await getLiveRoom(event._id, 'viewers', now);
      const stageId = chosenStage(room.snapshot, request.query.stage);
      return sendPage(response, <LiveRoomPage {...room} now={now.getTime()} stageId={stageId} />);
    }
    const email = actor.kind === 'attendee' || actor.kind === 'member' ? actor.email : null;
    const page = (
      <LiveOutsidePage
        slug={event.slug}
        title={event.title}
        date={dayInWords(event)}
        canRegister={event.status === 'published' && now < event.endsAt}
        email={email}
      />
    );
    sendPage(response, page, email === null ? 401 : 403);
  });
  return router;
}
