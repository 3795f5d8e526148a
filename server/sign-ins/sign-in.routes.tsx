import { Router, type Response } from 'express';
import { SignInConfirmPage } from '../../client/pages/registration/sign-in-confirm.tsx';
import { SignInElsewherePage } from '../../client/pages/registration/sign-in-elsewhere.tsx';
import { SignInPage } from '../../client/pages/registration/sign-in.tsx';
import { SignInSentPage } from '../../client/pages/registration/sign-in-sent.tsx';
import type { Actor } from '../contracts/actor.ts';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import { signInCodeForm, signInForm, signInLinkForm } from '../contracts/sign-in-forms.ts';
import type { Deps } from '../deps.ts';
import { clearCookie } from '../platform/http/cookies.ts';
import { readForm, refusedForm, typedValues } from '../platform/http/form-fields.ts';
import { ownPath } from '../platform/http/own-path.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { endVisit } from './end-visit.ts';
import { limitSignIns } from './limit-sign-ins.ts';
import { readBrowser, readOrMakeDeviceToken, setSignInCookie } from './read-browser.ts';
import { requestSignInLink } from './request-sign-in-link.ts';
import { resolveSignIns } from './resolve-sign-ins.ts';
import { revokeSignIn } from './revoke-sign-in.ts';
import { findLinkStanding, findOwnLink } from './sign-in-link.queries.ts';
import { cookieNames } from './sign-in.rules.ts';
import type { StartedSignIn } from './start-sign-in.ts';
import { useSignInCode, type UsedCode } from './use-sign-in-code.ts';
import { useSignInLink } from './use-sign-in-link.ts';

const linkAction = '/sign-in/link';

/** Signing in and out by an emailed link or code. GET and HEAD change nothing: mail scanners open links. */
export function signInRoutes(deps: Deps): Router {
  const router = Router();
  const limits = limitSignIns();
  const { publicUrl } = deps.config;
  const next = (value: unknown) => ownPath(value, publicUrl);

  router.get('/sign-in', async (request, response) => {
    const wanted = next(request.query.next);
    const { actor } = response.locals;
    if (isSignedIn(actor)) return response.redirect(303, wanted ?? homeOf(actor));
    const { pending } = await resolveSignIns(request.headers.cookie, deps);
    if (pending && wanted) return response.redirect(303, withNext('/sign-in/second-factor', wanted));
    sendPage(response, <SignInPage form={emptyForm} next={wanted} />);
  });

  router.post('/sign-in', limits.network, async (request, response) => {
    const wanted = next((request.body as { next?: unknown } | undefined)?.next);
    const form = readForm(signInForm, request.body);
    if (!form.ok) return sendPage(response, <SignInPage form={form.form} next={wanted} />, 422);
    const deviceToken = readOrMakeDeviceToken(request, response, deps);
    await limits.request(form.input.email, deviceToken);
    const { email } = form.input;
    const asked = await requestSignInLink(response.locals.actor, { email, next: wanted, deviceToken }, deps);
    response.redirect(303, `/sign-in/sent?attempt=${asked.attempt}`);
  });

  router.get('/sign-in/sent', async (request, response) => {
    const attempt = typeof request.query.attempt === 'string' ? request.query.attempt : '';
    const link = await findOwnLink(attempt, readBrowser(request, deps).deviceToken);
    if (!link) return response.redirect(303, '/sign-in');
    sendPage(response, <SignInSentPage email={link.email} attempt={attempt} form={emptyForm} />);
  });

  router.post('/sign-in/code', limits.network, async (request, response) => {
    const browser = readBrowser(request, deps);
    const form = readForm(signInCodeForm, request.body);
    const attempt = typedValues(request.body).attempt;
    const link = await findOwnLink(typeof attempt === 'string' ? attempt : '', browser.deviceToken);
    if (!link) return sendOver(response);
    const again = (state: FormState) =>
      sendPage(
        response,
        <SignInSentPage email={link.email} attempt={link._id} form={withoutCode(state)} />,
        422,
      );
    if (!form.ok) return again(form.form);
    await limits.code(browser.deviceToken, link._id);
    const input = { of: { attempt: link._id }, code: form.input.code, browser };
    const used = await useSignInCode(response.locals.actor, input, deps);
    if (used.ok) enter(response, used);
    else
      refuseCode(response, used.reason, (message) =>
        again(refusedForm(request.body, { field: 'code', message })),
      );
  });

  router.get('/sign-in/link/:token', async (request, response) => {
    const { token } = request.params;
    const { standing } = await findLinkStanding(
      token,
      readBrowser(request, deps).deviceToken,
      deps.clock.now(),
    );
    // The address holds a secret: no path in any Referer, not even to ourselves.
    response.set('Referrer-Policy', 'strict-origin');
    if (standing === 'ready')
      sendPage(response, <SignInConfirmPage action={linkAction} fields={{ token }} />);
    else if (standing === 'other-browser')
      sendPage(response, <SignInElsewherePage action={linkAction} token={token} form={emptyForm} />);
    else sendOver(response, standing);
  });

  router.post(linkAction, limits.network, async (request, response) => {
    const browser = readBrowser(request, deps);
    const form = readForm(signInLinkForm, request.body);
    const typed = typedValues(request.body).token;
    const token = typeof typed === 'string' ? typed : '';
    const askCode = (state: FormState, status = 422) =>
      sendPage(
        response,
        <SignInElsewherePage action={linkAction} token={token} form={withoutCode(state)} />,
        status,
      );
    if (!form.ok) return token ? askCode(form.form) : sendOver(response, 'unknown');
    const { code } = form.input;
    if (code === undefined) {
      const used = await useSignInLink(response.locals.actor, { token, browser }, deps);
      if (used.ok) return enter(response, used);
      if (used.reason === 'other-browser') return askCode(emptyForm, 403);
      const { actor } = response.locals;
      // A double click: the first press has signed this browser in.
      if (used.reason === 'used' && isSignedIn(actor)) return response.redirect(303, homeOf(actor));
      return sendOver(response, used.reason);
    }
    await limits.code(browser.deviceToken, token);
    const used = await useSignInCode(response.locals.actor, { of: { token }, code, browser }, deps);
    if (used.ok) enter(response, used);
    else
      refuseCode(response, used.reason, (message) =>
        askCode(refusedForm(request.body, { field: 'code', message })),
      );
  });

  // Where a browser lands that opens the address of an answered form again.
  router.get([linkAction, '/sign-in/code'], (_request, response) => response.redirect(303, '/sign-in'));

  router.post('/sign-out', async (request, response) => {
    await endVisit(request.headers.cookie, deps);
    clearCookie(response, cookieNames.signIn, publicUrl);
    clearCookie(response, cookieNames.passes, publicUrl);
    response.redirect(303, '/');
  });

  router.post('/account/sign-ins/:id/revoke', async (request, response) => {
    await revokeSignIn(response.locals.actor, request.params.id, deps);
    response.redirect(303, '/account#sign-ins');
  });

  function enter(response: Response, used: { signIn: StartedSignIn; next: string | null }): void {
    setSignInCookie(response, used.signIn, deps);
    if (used.signIn.kind === 'attendee') response.redirect(303, used.next ?? '/account');
    else response.redirect(303, withNext('/sign-in/second-factor', used.next));
  }

  return router;
}

const isSignedIn = (actor: Actor) => actor.kind === 'attendee' || actor.kind === 'member';
const homeOf = (actor: Actor) => (actor.kind === 'member' ? '/console/events' : '/account');
const withNext = (path: string, next: string | null) =>
  next ? `${path}?next=${encodeURIComponent(next)}` : path;
/** A code that was typed is not shown again: it was wrong, and shoulders are looked over. */
const withoutCode = ({ errors }: FormState): FormState => ({ values: {}, errors });

const overSentences = {
  used: 'That link has been used. Ask for a new one.',
  expired: 'That link has run out; links work for ten minutes. Ask for a new one.',
  unknown: 'We do not know that link; perhaps a part of it is missing. Ask for a new one.',
  over: 'That email has run out or has been used. Ask for a new one.',
} as const;

function sendOver(response: Response, why: string = 'over'): void {
  const message =
    why in overSentences ? overSentences[why as keyof typeof overSentences] : overSentences.over;
  const form = { values: {}, errors: [{ field: 'email', message }] };
  sendPage(response, <SignInPage form={form} next={null} />, 410);
}

function refuseCode(
  response: Response,
  reason: Extract<UsedCode, { ok: false }>['reason'],
  again: (message: string) => void,
): void {
  switch (reason) {
    case 'wrong-code':
      return again('That is not the code in our email. Look at the newest one.');
    case 'locked':
      return again('Too many wrong codes. Open the link in the email instead, or ask for a new one.');
    case 'over':
      return sendOver(response);
  }
}
