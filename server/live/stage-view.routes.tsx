import { createHash } from 'node:crypto';
import { Router } from 'express';
import { StageViewPage } from '../../client/pages/live/stage-view.tsx';
import { stageViewBackground } from '../contracts/stage-view.ts';
import type { Deps } from '../deps.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { getStageView } from './stage-view.queries.ts';

/** What the video mixer shows on stage. No sign-in: whoever holds the address sees what everybody in the room may. */
export function stageViewRoutes(deps: Deps): Router {
  const router = Router();
  const reading = new Map<string, ReturnType<typeof getStageView>>();

  /** Who asks while the answer is being read gets the same one: an address passed around asks the store no more often. */
  const read = (token: string) => {
    const known = reading.get(token);
    if (known) return known;
    const answer = getStageView(token, deps).finally(() => reading.delete(token));
    reading.set(token, answer);
    return answer;
  };

  router.get('/stage-view/:token', async (request, response) => {
    const { token } = request.params;
    const view = await read(token);
    const background = stageViewBackground.parse(request.query.background);
    const itemPath = `/stage-view/${token}/item`;
    sendPage(response, <StageViewPage {...view} background={background} itemPath={itemPath} />);
  });

  router.get('/stage-view/:token/item', async (request, response) => {
    const { shown } = await read(request.params.token);
    const tag = `"${createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22)}"`;
    response.set({ ETag: tag, 'Cache-Control': 'private, no-cache' });
    // Not `request.fresh`: a script that sends its own tag makes the browser add `no-cache`, which Express obeys.
    if (request.headers['if-none-match'] === tag) return void response.status(304).end();
    response.json(shown);
  });
  return router;
}
