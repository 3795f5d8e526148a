import { Router } from 'express';
import { LiveExportsPage } from '../../client/pages/console/live-exports.tsx';
import { listAttendedOfEvent } from '../attendance/attendance.queries.ts';
import { chatColumns, countChat, exportChat } from '../chat/export-chat.ts';
import type { Deps } from '../deps.ts';
import { countFeedback } from '../feedback/feedback.queries.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { sendCsv } from '../platform/http/send-csv.ts';
import { exportPolls, pollColumns } from '../polls/export-polls.ts';
import { countPolls } from '../polls/poll.queries.ts';
import { exportQuestions, questionColumns } from '../questions/export-questions.ts';
import { countQuestions } from '../questions/question.queries.ts';
import { openConsoleEvent } from './open-console-event.ts';

const path = '/console/events/:eventId/live-exports';
const many = (count: number, one: string, more: string) =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;

/** What was said, asked and voted in a live room, as tables, for those who moderate it. */
export function consoleLiveExportRoutes(deps: Deps): Router {
  const router = Router();

  router.get(path, async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'live:moderate', deps);
    const { actor, event, shown } = opened;
    const [chat, questions, polls] = await Promise.all([
      countChat(event._id),
      countQuestions(event._id),
      countPolls(event._id),
    ]);
    const files = [
      {
        file: 'chat.csv',
        title: 'Chat',
        holds: 'Every message that was not deleted, also backstage',
        count: many(chat, 'message', 'messages'),
      },
      {
        file: 'questions.csv',
        title: 'Questions',
        holds: 'Every question with votes and written answer; no name where none was given',
        count: many(questions, 'question', 'questions'),
      },
      {
        file: 'polls.csv',
        title: 'Poll results',
        holds: 'How often each answer was given; nobody sees who voted how',
        count: many(polls, 'poll', 'polls'),
      },
    ];
    if (hasPermission(actor, 'registration:read', event.organiserId)) {
      const { size: people } = await listAttendedOfEvent(event._id);
      const { count: answers } = await countFeedback(event._id);
      files.push(
        {
          file: 'attendance.csv',
          title: 'Attendance',
          holds: 'Who was at which session, and for how long',
          count: many(people, 'person', 'people'),
        },
        {
          file: 'feedback.csv',
          title: 'Feedback',
          holds: 'What people said about the day; a name only where its author put it',
          count: many(answers, 'answer', 'answers'),
        },
      );
    }
    sendPage(response, <LiveExportsPage event={shown} files={files} />);
  });

  router.get(`${path}/chat.csv`, async (request, response) => {
    const { actor, event } = await openConsoleEvent(response, request.params.eventId, 'live:moderate', deps);
    await sendCsv(response, `chat-${event.slug}.csv`, chatColumns, exportChat(actor, { event }, deps));
  });

  router.get(`${path}/questions.csv`, async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'live:moderate', deps);
    const { actor, event } = opened;
    const rows = exportQuestions(actor, opened, deps);
    await sendCsv(response, `questions-${event.slug}.csv`, questionColumns, rows);
  });

  router.get(`${path}/polls.csv`, async (request, response) => {
    const { actor, event } = await openConsoleEvent(response, request.params.eventId, 'live:moderate', deps);
    await sendCsv(response, `polls-${event.slug}.csv`, pollColumns, exportPolls(actor, { event }, deps));
  });

  return router;
}
