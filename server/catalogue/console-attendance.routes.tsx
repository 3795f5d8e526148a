import { Router } from 'express';
import { ConsoleAttendancePage } from '../../client/pages/console/attendance.tsx';
import { ConsoleFeedbackPage } from '../../client/pages/console/feedback.tsx';
import { listAttendedOfEvent } from '../attendance/attendance.queries.ts';
import { totalsOf } from '../attendance/attendance.rules.ts';
import { attendanceColumns, exportAttendance } from '../attendance/export-attendance.ts';
import type { Deps } from '../deps.ts';
import { exportFeedback, feedbackColumns } from '../feedback/export-feedback.ts';
import { countFeedback, listFeedbackOfEvent } from '../feedback/feedback.queries.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { sendCsv } from '../platform/http/send-csv.ts';
import { pageOf } from './console-registrations.routes.tsx';
import { openConsoleEvent } from './open-console-event.ts';
import { timesOf } from './session-words.rules.ts';

const size = 50;

/** What is left when the day is over: who was there, and what they said about it. */
export function consoleAttendanceRoutes(deps: Deps): Router {
  const router = Router();
  const base = '/console/events/:eventId';

  router.get(`${base}/attendance`, async (request, response) => {
    const { eventId } = request.params;
    const opened = await openConsoleEvent(response, eventId, 'event:read', deps);
    const { actor, event, sessions, shown } = opened;
    const people = [...(await listAttendedOfEvent(event._id)).values()];
    const live = new Map(totalsOf(people, 'live').map((total) => [total.sessionId, total]));
    const replay = new Map(totalsOf(people, 'replay').map((total) => [total.sessionId, total]));
    const rows = sessions
      .filter(({ kind, state }) => kind !== 'break' && state !== 'cancelled')
      .map((session) => {
        const total = live.get(session._id) ?? { people: 0, minutes: 0 };
        return {
          id: session._id,
          title: session.title,
          times: timesOf(session, event.zone),
          people: total.people,
          averageMinutes: total.people > 0 ? Math.round(total.minutes / total.people) : 0,
          replayPeople: replay.get(session._id)?.people ?? 0,
        };
      });
    const canExport = hasPermission(actor, 'registration:read', event.organiserId);
    const page = { event: shown, people: people.length, sessions: rows, canExport };
    sendPage(response, <ConsoleAttendancePage {...page} />);
  });

  router.get(`${base}/live-exports/attendance.csv`, async (request, response) => {
    const { eventId } = request.params;
    const { actor, event } = await openConsoleEvent(response, eventId, 'registration:read', deps);
    const rows = exportAttendance(actor, { event }, deps);
    await sendCsv(response, `attendance-${event.slug}.csv`, attendanceColumns, rows);
  });

  router.get(`${base}/feedback`, async (request, response) => {
    const { eventId } = request.params;
    const { actor, event, shown } = await openConsoleEvent(response, eventId, 'event:read', deps);
    const number = pageOf(request.query.page);
    const [{ count, average, marks }, answers] = await Promise.all([
      countFeedback(event._id),
      listFeedbackOfEvent(event._id, { number, size }),
    ]);
    const last = Math.max(1, Math.ceil(count / size));
    const path = (page: number) => `${shown.path}/feedback?page=${page}`;
    sendPage(
      response,
      <ConsoleFeedbackPage
        event={shown}
        count={count}
        average={average}
        marks={marks}
        answers={answers}
        canExport={hasPermission(actor, 'registration:read', event.organiserId)}
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

  router.get(`${base}/live-exports/feedback.csv`, async (request, response) => {
    const { eventId } = request.params;
    const { actor, event } = await openConsoleEvent(response, eventId, 'registration:read', deps);
    const rows = exportFeedback(actor, { event }, deps);
    await sendCsv(response, `feedback-${event.slug}.csv`, feedbackColumns, rows);
  });

  return router;
}
