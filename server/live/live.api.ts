import { createHash } from 'node:crypto';
import { Router, type Response } from 'express';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEventOfRoom } from '../events/event.queries.ts';
import { admitParticipant, findLiveRight } from '../participants/enter-live-room.ts';
import { requireStage } from '../live-rooms/stage.rules.ts';
import { findWatchPath } from '../streams/watch.queries.ts';
import { describeLiveProtocol } from './live-protocol.rules.ts';
import { getLiveRoom } from './live.queries.ts';

/** The room as JSON, for browsers whose network lets no socket through. */
export function liveApi(deps: Deps): Router {
  const router = Router();
  let protocol: object | null = null;
  router.get('/api/live.json', (_request, response) => {
    protocol ??= describeLiveProtocol(deps.config.publicUrl);
    response.set('Cache-Control', 'public, max-age=3600').json(protocol);
  });
  router.get('/api/events/:slug/live', async (request, response) => {
    const { event } = await enter(request.params.slug, response);
    const room = await getLiveRoom(event._id, 'viewers', deps.clock.now());
    // The tag leaves out the clock: the same room at another second is the same room.
    const tag = `"${createHash('sha256').update(JSON.stringify(room)).digest('base64url').slice(0, 22)}"`;
    response.set({ ETag: tag, 'Cache-Control': 'private, no-cache' });
    // Not `request.fresh`: a script that sends its own tag makes the browser add `no-cache`, which Express obeys.
    if (request.headers['if-none-match'] === tag) return void response.status(304).end();
    response.json({ ...room, now: deps.clock.now().getTime() });
  });
  // The picture of such a browser goes on as well: the path it came with opens for ten minutes only.
  router.get('/api/events/:slug/live/watch', async (request, response) => {
    const { event, me } = await enter(request.params.slug, response);
    const { stage } = request.query;
    const stageId = typeof stage === 'string' && stage !== '' ? stage : null;
    requireStage(event, stageId);
    const path = await findWatchPath({ eventId: event._id, participantId: me._id, stageId }, deps);
    response.set('Cache-Control', 'no-store').json(path);
  });

  async function enter(slug: string, response: Response) {
    const event = await getEventOfRoom(slug);
    const { actor, passes } = response.locals;
    const right = await findLiveRight(event, { actor, passes });
    if (!right && event.rehearsalOf) throw notFound('that event');
    if (!right)
      throw actor.kind === 'visitor' && passes.length === 0
        ? new AppError('not-signed-in', 'Sign in to enter.')
        : new AppError('forbidden', 'You have no place at this event. Register to take part.');
    return { event, me: await admitParticipant(event, right, deps) };
  }
  return router;
}
