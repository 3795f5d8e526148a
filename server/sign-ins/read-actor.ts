import type { RequestHandler } from 'express';
import type { Deps } from '../deps.ts';
import '../platform/http/locals.ts';
import { resolveSignIns } from './resolve-sign-ins.ts';

/** Puts who is asking into `response.locals`. Without a cookie it asks the database nothing. */
export function readActor(deps: Deps): RequestHandler {
  return async (request, response, next) => {
    const { actor, passes } = await resolveSignIns(request.headers.cookie, deps);
    response.locals.actor = actor;
    response.locals.passes = passes;
    if (actor.kind === 'attendee' || actor.kind === 'member')
      response.locals.site = {
        ...response.locals.site,
        signedIn: { email: actor.email, isMember: actor.kind === 'member' },
      };
    next();
  };
}
