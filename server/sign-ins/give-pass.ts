import type { Request, Response } from 'express';
import type { Pass } from '../contracts/actor.ts';
import type { Deps } from '../deps.ts';
import { setCookie } from '../platform/http/cookies.ts';
import { openPass, type PassRequest } from './open-pass.ts';
import { passTokens } from './resolve-sign-ins.ts';
import { cookieNames, describeDevice, passesPerBrowser } from './sign-in.rules.ts';

/** `openPass` for the browser of this request, and its cookie; null when the event has been over for a day. */
export async function givePass(
  request: Request,
  response: Response,
  what: Pick<PassRequest, 'kind' | 'registrationId' | 'eventId' | 'eventEndsAt'>,
  deps: Deps,
): Promise<Pass | null> {
  const heldTokens = passTokens(request.headers.cookie, deps);
  const device = describeDevice(request.headers['user-agent']);
  const opened = await openPass({ ...what, device, heldTokens }, deps);
  if (!opened.ok) return null;
  // The newest first: when a browser holds more than fit, the one that was opened longest ago is dropped.
  const tokens = [opened.token, ...heldTokens.filter((token) => token !== opened.token)].slice(
    0,
    passesPerBrowser,
  );
  setCookie(response, cookieNames.passes, tokens.join('.'), {
    publicUrl: deps.config.publicUrl,
    maxAgeInSeconds: 90 * 24 * 3600,
  });
  return opened.pass;
}
