import { basename } from 'node:path';
import { Router } from 'express';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { admitParticipant, findLiveRight } from '../participants/enter-live-room.ts';
import { pathOfKeptFile } from '../platform/uploads/kept-files.ts';
import { keptTypes, type KeptType } from '../platform/uploads/sniff-file.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';

/** Files beside sessions, for whoever may be in the live room; always saved, never shown as a page of this site. */
export function sessionFileRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/live-files/:eventId/:name', async (request, response) => {
    const { eventId, name } = request.params;
    const { actor, passes } = response.locals;
    const event = await getEvent(eventId);
    const right = await findLiveRight(event, { actor, passes });
    if (!right) {
      if (actor.kind === 'visitor' && passes.length === 0)
        throw new AppError('not-signed-in', 'Sign in to open this file.');
      throw notFound('that file');
    }
    await admitParticipant(event, right, deps);
    const files = (await listSessionsOfEvent(eventId)).flatMap(({ resources }) => resources);
    const file = files.find(({ kind, url }) => kind === 'file' && url === request.path);
    const path = pathOfKeptFile(deps.config.dataDirectory, name);
    if (!file || !path) throw notFound('that file');
    const ending = name.split('.').at(-1) as KeptType;
    response.attachment(basename(`${file.title.replace(/[\\/:*?"<>|]/g, ' ')}.${ending}`));
    response.set({
      'Content-Type': keptTypes[ending],
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
      'X-Robots-Tag': 'noindex',
    });
    await new Promise<void>((resolve, reject) =>
      response.sendFile(path, { dotfiles: 'allow', cacheControl: false }, (error: unknown) => {
        // A reader who leaves in the middle is no failure; a file that is gone is not found.
        if (!error || response.headersSent) resolve();
        else reject(notFound('that file'));
      }),
    );
  });
  return router;
}
