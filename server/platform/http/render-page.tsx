import type { Response } from 'express';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { SiteContext, type Site } from '../../../client/layouts/site-context.ts';
import './locals.ts';

/** A page inside its site, as a whole HTML document. */
export function renderPage(site: Site, page: VNode): string {
  return `<!doctype html>${render(<SiteContext.Provider value={site}>{page}</SiteContext.Provider>)}`;
}

/** Renders a page inside its site and sends it. Pages that show a person's own things are never stored by caches. */
export function sendPage(response: Response, page: VNode, status = 200): void {
  const html = renderPage(response.locals.site, page);
  if (!response.hasHeader('Cache-Control')) response.set('Cache-Control', 'private, no-store');
  response.status(status).type('html').send(html);
}
