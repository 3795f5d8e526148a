import { Router } from 'express';
import { SelfTestPage } from '../../client/pages/live/self-test.tsx';
import type { Deps } from '../deps.ts';
import { getPublicEventBySlug } from '../events/event.queries.ts';
import { sendPage } from '../platform/http/render-page.tsx';

/** For anybody, before the day: does the live room work from here? */
export function selfTestRoutes({ config }: Deps): Router {
  const router = Router();
  router.get('/events/:slug/check', async (request, response) => {
    const { slug, title } = await getPublicEventBySlug(request.params.slug);
    const { hostname, port, protocol } = new URL(config.publicUrl);
    const usualPort = protocol === 'https:' ? '443' : '80';
    sendPage(response, <SelfTestPage event={{ slug, title }} host={hostname} port={port || usualPort} />);
  });
  return router;
}
