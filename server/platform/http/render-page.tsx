import type { Response } from 'express';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { SiteContext } from '../../../client/layouts/site-context.ts';
import './locals.ts';

/** Renders a page inside its site and sends it. Pages that show a person's own things are never stored by caches. */
export function sendPage(response: Response, page: VNode, status = 200): void {
  const html = render(<SiteContext.Provider value={response.locals.site}>{page}</SiteContext.Provider>);
  if (!response.hasHeader('Cache-Control')) response.set('Cache-Control', 'private, no-store');
  response.status(status).type('html').send(`<!doctype html>${html}`);
}
