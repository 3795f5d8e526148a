import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { h } from 'preact';
import { SiteContext, type Site } from '../../../client/layouts/site-context.ts';
import { backstagePages } from './backstage-pages.tsx';
import { consolePages } from './console-pages.tsx';
import { dayPages } from './day-pages.tsx';
import { liveRoomPages } from './live-room-pages.tsx';
import { mailPages } from './mail-pages.tsx';
import { myAgendaPages } from './my-agenda-pages.tsx';
import { messagePages } from './message-pages.tsx';
import { publicPages } from './public-pages.tsx';
import { registrationPages } from './registration-pages.tsx';
import { replayPages } from './replay-pages.tsx';
import { streamPages } from './stream-pages.tsx';
import { studioPages } from './studio-pages.tsx';
import { showPages } from './show-pages.tsx';
import { site } from './site.ts';

/** One page in one state. `name` says both: "event live". */
export interface GalleryPage {
  readonly name: string;
  readonly page: VNode;
  readonly site?: Partial<Site>;
}

export const gallery: readonly GalleryPage[] = [
  ...publicPages,
  ...backstagePages,
  ...registrationPages,
  ...myAgendaPages,
  ...consolePages,
  ...messagePages,
  ...mailPages,
  ...liveRoomPages,
  ...dayPages,
  ...showPages,
  ...streamPages,
  ...studioPages,
  ...replayPages,
];

export function renderPage(page: VNode, given: Partial<Site> = {}): string {
  return `<!doctype html>${render(h(SiteContext.Provider, { value: { ...site, ...given } }, page))}`;
}
