import { Router } from 'express';
import { AttendancePage } from '../../client/pages/registration/attendance.tsx';
import { getEvent } from '../events/event.queries.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { getChoosingPlace } from '../registrations/my-agenda.queries.ts';
import { choosingFor } from '../registrations/my-agenda.rules.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { listAttendedOfRegistration } from './attendance.queries.ts';
import { minutesInWords } from './attendance.rules.ts';

/** What somebody was at, for the holder of the place; the link that joins is enough, as for their agenda. */
export function attendanceRoutes(): Router {
  const router = Router();
  router.get('/registrations/:id/attendance', async (request, response) => {
    const registrationId = request.params.id;
    const place = await getChoosingPlace(choosingFor(registrationId, response.locals), registrationId);
    const [event, sessions, attended] = await Promise.all([
      getEvent(place.eventId),
      listSessionsOfEvent(place.eventId),
      listAttendedOfRegistration(registrationId),
    ]);
    const live = attended.filter(({ kind }) => kind === 'live');
    const total = live.reduce((sum, { minutes }) => sum + minutes, 0);
    sendPage(
      response,
      <AttendancePage
        registrationId={registrationId}
        event={{ slug: event.slug, title: event.title }}
        sessions={sessions.flatMap(({ _id, title }) =>
          attended
            .filter(({ sessionId }) => sessionId === _id)
            .map(({ kind, minutes }) => ({ id: _id, title, kind, minutes: minutesInWords(minutes) })),
        )}
        total={live.length > 1 ? minutesInWords(total) : null}
      />,
    );
  });
  return router;
}
