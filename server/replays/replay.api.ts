import { Router } from 'express';
import type { ReplayWatch } from '../contracts/replay.ts';
import type { Deps } from '../deps.ts';
import { openReplay } from './open-replay.ts';

/** What the player asks: a path with a new token before the old one runs out, as long as its reader may watch. */
export function replayApi(deps: Deps): Router {
  const router = Router();
  router.get(['/api/replays/:replayId/watch', '/replays/:replayId/watch'], async (request, response) => {
    const { source } = await openReplay(response.locals, String(request.params.replayId), deps);
    const watch: ReplayWatch = { source };
    response.set('Cache-Control', 'private, no-store').json(watch);
  });
  return router;
}
