import type { Request, Response } from 'express';
import type { VNode } from 'preact';
import { changesSoFar } from '../database/count-changes.ts';
import type { Clock } from '../time/clock.ts';
import { renderPage, sendPage } from './render-page.tsx';
import { createFastLane, type FastLane } from './fast-lane.ts';
import { createKeptAnswers } from './kept-answers.ts';

export interface PublicAnswers {
  /** Goes in front of the app that answers by these. */
  readonly fastLane: FastLane;
  /** One page for everybody who is not signed in, and one of their own, never stored, for everybody else. */
  page(
    request: Request,
    response: Response,
    make: (now: Date) => Promise<VNode>,
    key?: string,
  ): Promise<void>;
  /** The same text for everybody: feeds and the like. */
  text(
    request: Request,
    response: Response,
    type: string,
    make: (now: Date) => Promise<string>,
  ): Promise<void>;
}

/** How public pages are answered; each app has one, so that all of them share one memory. */
export function sharePublicAnswers(deps: {
  readonly clock: Clock;
  readonly config: { readonly mongodbUri: string | null };
}): PublicAnswers {
  const fastLane = createFastLane();
  const answers = createKeptAnswers({
    fastLane,
    now: () => deps.clock.now(),
    changesSoFar,
    // The embedded store has one owner, this process; a MongoDB server may have other writers.
    othersMs: deps.config.mongodbUri === null ? null : 1_000,
  });
  return {
    fastLane,
    async page(request, response, make, key = '') {
      const { actor, passes, site } = response.locals;
      if (actor.kind !== 'visitor' || passes.length > 0) {
        sendPage(response, await make(deps.clock.now()));
        return;
      }
      await answers.send(request, response, `${request.path} ${key}`, async (minute) => ({
        type: 'text/html; charset=utf-8',
        body: renderPage({ ...site, now: minute.toISOString() }, await make(minute)),
      }));
    },
    async text(request, response, type, make) {
      await answers.send(request, response, request.path, async (minute) => ({
        type,
        body: await make(minute),
      }));
    },
  };
}
