import { Router } from 'express';
import { ConsoleMailPage } from '../../client/pages/console/mail.tsx';
import { ConsoleSuppressedPage } from '../../client/pages/console/suppressed.tsx';
import type { Deps } from '../deps.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { countMails, listMails } from '../platform/outbox/list-mails.ts';
import { allowHolder } from './allow-holder.ts';
import { noticeOf } from './console-events.routes.tsx';
import { asMailRow, asUnwrittenRow, mailFilters, mailPath, readMailSearch } from './mail-rows.rules.ts';
import { openConsoleEvent } from './open-console-event.ts';
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
    const search = readMailSearch(request.query);
    const { page: number, ...found } = search;
    const scope = `event:${event._id}`;
    const [mails, counts, unwritten] = await Promise.all([
      listMails(scope, found, { number, size }),
      countMails(scope, found.address),
      readUnwritten(event._id),
    ]);
    const now = deps.clock.now();
    const mayRetry = hasPermission(actor, 'registration:edit', event.organiserId);
    const matching = unwritten.filter(({ person }) => (person?.email ?? '').startsWith(found.address));
    const isFirst = number === 1 && (found.standing === null || found.standing === 'failed');
    const filters = mailFilters(shown.path, found, { ...counts, failed: counts.failed + matching.length });
    const total = found.standing
      ? counts[found.standing]
      : Object.values(counts).reduce((sum, count) => sum + count);
    const last = Math.max(1, Math.ceil(total / size));
    sendPage(
      response,
      <ConsoleMailPage
        event={shown}
        summary={total === 1 ? 'One mail' : `${total.toLocaleString('en-GB')} mails`}
        filters={filters}
        search={{ address: found.address, state: found.standing }}
        mails={[
          ...(isFirst ? matching.map((message) => asUnwrittenRow(message, event.zone, mayRetry)) : []),
          ...mails.map((mail) => asMailRow(mail, now, event.zone, mayRetry)),
        ]}
        pages={
          last > 1
            ? {
                text: `Page ${number} of ${last}`,
                previousPath: number > 1 ? mailPath(shown.path, found, Math.min(last, number - 1)) : null,
                nextPath: number < last ? mailPath(shown.path, found, number + 1) : null,
              }
            : null
        }
        retryable={mayRetry && !found.address ? counts.failed + unwritten.length : 0}
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
