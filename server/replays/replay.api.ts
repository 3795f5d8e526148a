import { Router } from 'express';
import { AppError } from '../contracts/problem.ts';
import { notedPosition, type ReplayWatch } from '../contracts/replay.ts';
import type { Deps } from '../deps.ts';
import { noteReplayPosition } from './note-replay-position.ts';
import { replayCaptionApi } from './replay-caption.api.ts';
import { openReplay } from './open-replay.ts';

/** What the player asks: a path with a new token before the old one runs out, as long as its reader may watch. */
export function replayApi(deps: Deps): Router {
  const router = Router();
  router.use(replayCaptionApi(deps));
  router.get(['/api/replays/:replayId/watch', '/replays/:replayId/watch'], async (request, response) => {
    const { source } = await openReplay(response.locals, String(request.params.replayId), deps);
    const watch: ReplayWatch = { source };
    response.set('Cache-Control', 'private, no-store').json(watch);
  });
  router.put('/api/replays/:replayId/position', async (request, response) => {
    const { replay, right } = await openReplay(response.locals, request.params.replayId, deps);
    const read = notedPosition.safeParse(request.body);
    if (!read.success) throw new AppError('invalid', 'This is no position in a replay.');
    if (!right) throw new AppError('forbidden', 'Only people with a place are remembered.');
    await noteReplayPosition({ replayId: replay._id, eventId: replay.eventId }, right, read.data, deps);
    response.status(204).end();
  });
  return router;
}
