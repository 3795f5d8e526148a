import { Router } from 'express';
import { ConsoleMailPage } from '../../client/pages/console/mail.tsx';
import { ConsoleSuppressedPage } from '../../client/pages/console/suppressed.tsx';
import type { Deps } from '../deps.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { allowHolder } from './allow-holder.ts';
import { noticeOf } from './console-events.routes.tsx';
import {
  asMailRow,
  asUnwrittenRow,
  countWords,
  mailFilters,
  mailPath,
  readMailSearch,
} from './mail-rows.rules.ts';
import { openConsoleEvent } from './open-console-event.ts';
import { readMails } from './read-mails.ts';
import { readSuppressed } from './read-suppressed.ts';
import { readUnwritten } from './read-unwritten.ts';
import { resendMails } from './resend-mails.ts';

const size = 50;
const notices = {
  retried: 'Tried again. How it went shows here in a moment.',
  allowed: 'Mail goes to that address again. What was given up can be tried again in the list of mail.',
};

/** Every mail of an event, its state and its reason; and who is not written to. */
export function consoleMailRoutes(deps: Deps): Router {
  const router = Router();
  const list = '/console/events/:eventId/mail';

  router.get(list, async (request, response) => {
    const { eventId } = request.params;
    const { actor, event, shown } = await openConsoleEvent(response, eventId, 'registration:read', deps);
    const { page: number, ...search } = readMailSearch(request.query);
    const [{ mails, counts, hasMore }, unwritten] = await Promise.all([
      readMails(`event:${event._id}`, search, { number, size }),
      readUnwritten(event._id),
    ]);
    const now = deps.clock.now();
    const mayRetry = hasPermission(actor, 'registration:edit', event.organiserId);
    const matching = unwritten.filter(({ person }) => (person?.email ?? '').startsWith(search.address));
    const isFirst = number === 1 && (search.standing === null || search.standing === 'failed');
    const filters = mailFilters(shown.path, search, { ...counts, failed: counts.failed + matching.length });
    const isPaged = hasMore || number > 1;
    sendPage(
      response,
      <ConsoleMailPage
        event={shown}
        filters={filters}
        search={{ address: search.address, state: search.standing }}
        mails={[
          ...(isFirst ? matching.map((message) => asUnwrittenRow(message, event.zone, mayRetry)) : []),
          ...mails.map((mail) => asMailRow(mail, now, event.zone, mayRetry)),
        ]}
        pages={
          isPaged
            ? {
                text: `Page ${number}`,
                previousPath: number > 1 ? mailPath(shown.path, search, number - 1) : null,
                nextPath: hasMore ? mailPath(shown.path, search, number + 1) : null,
              }
            : null
        }
        retryable={mayRetry && !search.address ? countWords(counts.failed + unwritten.length) : null}
        notice={noticeOf(request, notices)}
      />,
    );
  });

  router.post(`${list}/retry`, async (request, response) => {
    const { eventId } = request.params;
    const { actor, event, shown } = await openConsoleEvent(response, eventId, 'registration:edit', deps);
    await resendMails(actor, { event, mailId: null }, deps);
    response.redirect(303, `${shown.path}/mail?done=retried`);
  });

  router.post(`${list}/:mailId/retry`, async (request, response) => {
    const { eventId, mailId } = request.params;
    const { actor, event, shown } = await openConsoleEvent(response, eventId, 'registration:edit', deps);
    await resendMails(actor, { event, mailId }, deps);
    response.redirect(303, `${shown.path}/mail?done=retried`);
  });

  router.get(`${list}/suppressed`, async (request, response) => {
    const { eventId } = request.params;
    const { actor, event, shown } = await openConsoleEvent(response, eventId, 'registration:read', deps);
    const mayAllow = hasPermission(actor, 'registration:edit', event.organiserId);
    const { people, left } = await readSuppressed(event, mayAllow);
    sendPage(
      response,
      <ConsoleSuppressedPage event={shown} people={people} left={left} notice={noticeOf(request, notices)} />,
    );
  });

  router.post(`${list}/suppressed/:registrationId/allow`, async (request, response) => {
    const { eventId, registrationId } = request.params;
    const { actor, event, shown } = await openConsoleEvent(response, eventId, 'registration:edit', deps);
    await allowHolder(actor, { event, registrationId }, deps);
    response.redirect(303, `${shown.path}/mail/suppressed?done=allowed`);
  });

  return router;
}
