import type { RequestHandler } from 'express';
import { visitor } from '../../contracts/actor.ts';
import type { Assets } from './assets.ts';
import type { Clock } from '../time/clock.ts';
import './locals.ts';

interface SiteSource {
  readonly config: {
    readonly publicUrl: string;
    readonly isProduction: boolean;
    readonly smtpUrl: string | null;
  };
  readonly assets: Assets;
  readonly clock: Clock;
}

/** Puts what the layout of every page needs into `response.locals.site`; signing in fills `signedIn` later. */
export function describeSite({ config, assets, clock }: SiteSource): RequestHandler {
  return (request, response, next) => {
    response.locals.actor = visitor;
    response.locals.passes = [];
    response.locals.site = {
      name: 'Plenary',
      publicUrl: config.publicUrl,
      path: request.path,
      assets: { styles: assets.styles, script: assets.script },
      signedIn: null,
      mailboxPath: config.isProduction || config.smtpUrl ? null : '/dev/mailbox',
      now: clock.now().toISOString(),
    };
    next();
  };
}
