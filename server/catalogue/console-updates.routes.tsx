import { Router, type Request, type Response } from 'express';
import { pendingUpdateForm } from '../contracts/pending-update.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { sendUpdateNow } from '../event-updates/send-update-now.ts';
import { undoChanges } from '../event-updates/undo-changes.ts';
import { readForm } from '../platform/http/form-fields.ts';
import { openConsoleEvent } from './open-console-event.ts';

const meanwhile = 'Somebody changed the event since you opened that page. Look at the changes again.';
const sentAlready = 'These changes were sent already, or there is nothing left to tell.';

/** What a changed event will tell, and when: send now or undo. */
export function consoleUpdateRoutes(deps: Deps): Router {
  const router = Router();

  router.post('/console/events/:eventId/update/send', async (request, response) => {
    const { actor, shown, input } = await open(request, response);
    const result = await sendUpdateNow(actor, input, deps);
    if (result.ok) return response.redirect(303, `${shown.path}?done=update-sent`);
    throw new AppError('conflict', result.reason === 'edited-meanwhile' ? meanwhile : sentAlready);
  });

  router.post('/console/events/:eventId/update/undo', async (request, response) => {
    const { actor, shown, input } = await open(request, response);
    const result = await undoChanges(actor, input, deps);
    if (result.ok) return response.redirect(303, `${shown.path}?done=update-undone`);
    switch (result.reason) {
      case 'edited-meanwhile':
        throw new AppError('conflict', meanwhile);
      case 'nothing-waits':
        throw new AppError('conflict', sentAlready);
      case 'not-known':
        throw new AppError('conflict', 'What was told before is not known any more, so edit it by hand.');
      case 'is-over':
        throw new AppError('conflict', 'The time that was told before is over, so it cannot come back.');
      case 'went-live':
        throw new AppError(
          'conflict',
          `“${result.sessionTitle}” has gone live since, so the changes cannot be undone together. Edit the others by hand.`,
        );
    }
  });

  async function open(request: Request<{ eventId: string }>, response: Response) {
    const { actor, event, shown } = await openConsoleEvent(
      response,
      request.params.eventId,
      'event:edit',
      deps,
    );
    const read = readForm(pendingUpdateForm, request.body);
    if (!read.ok) throw new AppError('invalid', 'Go back to the event and press the button again.');
    const input = { organiserId: event.organiserId, eventId: event._id, version: read.input.version };
    return { actor, shown, input };
  }

  return router;
}
