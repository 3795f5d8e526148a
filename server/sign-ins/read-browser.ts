import type { Request, Response } from 'express';
import type { Deps } from '../deps.ts';
import { readCookie, setCookie } from '../platform/http/cookies.ts';
import { newToken } from '../platform/secrets/secret-box.ts';
import { signInToken } from './resolve-sign-ins.ts';
import { cookieNames, describeDevice } from './sign-in.rules.ts';
import type { SignInBrowser } from './use-sign-in-link.ts';

const deviceLifeInSeconds = 24 * 3600;

/** What the browser of this request brings along to signing in. */
export function readBrowser(request: Request, deps: Deps): SignInBrowser {
  const { cookie, 'user-agent': userAgent } = request.headers;
  return {
    device: describeDevice(userAgent),
    deviceToken: readCookie(cookie, cookieNames.device, deps.config.publicUrl),
    previousToken: signInToken(cookie, deps),
  };
}

/** The cookie that ties emailed links to this browser, made the first time. */
export function readOrMakeDeviceToken(request: Request, response: Response, deps: Deps): string {
  const { publicUrl } = deps.config;
  const token = readBrowser(request, deps).deviceToken ?? newToken();
  setCookie(response, cookieNames.device, token, { publicUrl, maxAgeInSeconds: deviceLifeInSeconds });
  return token;
}

export function setSignInCookie(
  response: Response,
  signIn: { readonly token: string; readonly expiresAt: Date },
  deps: Deps,
): void {
  const { publicUrl } = deps.config;
  const maxAgeInSeconds = Math.floor((signIn.expiresAt.getTime() - deps.clock.now().getTime()) / 1000);
  setCookie(response, cookieNames.signIn, signIn.token, { publicUrl, maxAgeInSeconds });
}
