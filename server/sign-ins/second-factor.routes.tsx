import { Router, type Request, type Response } from 'express';
import qrcode from 'qrcode';
import { EnrolSecondFactorPage } from '../../client/pages/registration/enrol-second-factor.tsx';
import { RecoveryCodesPage } from '../../client/pages/registration/recovery-codes.tsx';
import { SecondFactorPage } from '../../client/pages/registration/second-factor.tsx';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import { enrolmentForm, secondFactorForm } from '../contracts/sign-in-forms.ts';
import type { Deps } from '../deps.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { ownPath } from '../platform/http/own-path.ts';
import { limitByNetwork } from '../platform/http/rate-limits.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { enrolMember, startEnrolment } from './enrol-member.ts';
import { giveSecondFactor, type GivenSecondFactor } from './give-second-factor.ts';
import { setSignInCookie } from './read-browser.ts';
import { resolveSignIns } from './resolve-sign-ins.ts';

const factorPath = '/sign-in/second-factor';
const enrolPath = '/sign-in/enrol';
const memberHome = '/console/events';

/** What a member does after the emailed link, before anything of an organiser is shown. */
export function secondFactorRoutes(deps: Deps): Router {
  const router = Router();
  const flood = limitByNetwork({ tries: 600, seconds: 60 });
  const nextOf = (value: unknown) => ownPath(value, deps.config.publicUrl);

  router.get(factorPath, async (request, response) => {
    const next = nextOf(request.query.next);
    const pending = await findPending(request, response, next);
    if (!pending) return;
    if (await startEnrolment(pending.signInId, deps))
      return response.redirect(303, withNext(enrolPath, next));
    sendPage(response, <SecondFactorPage action={factorPath} form={emptyForm} next={next} />);
  });

  router.post(factorPath, flood, async (request, response) => {
    const next = nextOf((request.body as { next?: unknown } | undefined)?.next);
    const pending = await findPending(request, response, next);
    if (!pending) return;
    const again = (form: FormState) => {
      const kept = { values: {}, errors: form.errors };
      sendPage(response, <SecondFactorPage action={factorPath} form={kept} next={next} />, 422);
    };
    const form = readForm(secondFactorForm, request.body);
    if (!form.ok) return again(form.form);
    const { kind, code } = form.input;
    const given = await giveSecondFactor(response.locals.actor, { ...pending, kind, code }, deps);
    if (!given.ok) {
      if (given.reason === 'over') return response.redirect(303, '/sign-in');
      if (given.reason === 'not-enrolled') return response.redirect(303, enrolPath);
      const field = kind === 'totp' ? 'code' : 'recoveryCode';
      return again(refusedForm(request.body, { field, message: sentenceOf(given.reason, kind) }));
    }
    setSignInCookie(response, given.signIn, deps);
    response.redirect(303, next ?? memberHome);
  });

  router.get(enrolPath, async (request, response) => {
    const next = nextOf(request.query.next);
    const pending = await findPending(request, response, next);
    if (pending) await sendEnrolment(response, pending.signInId, emptyForm, next);
  });

  router.post(enrolPath, flood, async (request, response) => {
    const next = nextOf(request.query.next);
    const pending = await findPending(request, response, next);
    if (!pending) return;
    const form = readForm(enrolmentForm, request.body);
    if (!form.ok) return sendEnrolment(response, pending.signInId, form.form, next);
    const { code } = form.input;
    const enrolled = await enrolMember(response.locals.actor, { signInId: pending.signInId, code }, deps);
    if (enrolled.ok) {
      setSignInCookie(response, enrolled.signIn, deps);
      // Shown in this answer and never again: only keyed hashes of them are stored.
      return sendPage(
        response,
        <RecoveryCodesPage codes={enrolled.recoveryCodes} next={next ?? memberHome} />,
      );
    }
    if (enrolled.reason !== 'wrong') return response.redirect(303, withNext(factorPath, next));
    const message = 'That is not the code your app shows now. Check that the clock of your phone is right.';
    await sendEnrolment(response, pending.signInId, refusedForm({}, { field: 'code', message }), next);
  });

  async function findPending(request: Request, response: Response, next: string | null) {
    const { pending, actor } = await resolveSignIns(request.headers.cookie, deps);
    if (pending) return pending;
    if (actor.kind === 'member') response.redirect(303, next ?? memberHome);
    else response.redirect(303, withNext('/sign-in', next));
    return null;
  }

  async function sendEnrolment(response: Response, signInId: string, form: FormState, next: string | null) {
    const enrolment = await startEnrolment(signInId, deps);
    if (!enrolment) return response.redirect(303, withNext(factorPath, next));
    const qrSvg = await qrcode.toString(enrolment.uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
    const secret = enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ');
    const page = (
      <EnrolSecondFactorPage
        action={withNext(enrolPath, next)}
        qrSvg={qrSvg}
        secret={secret}
        form={{ values: {}, errors: form.errors }}
      />
    );
    sendPage(response, page, form.errors.length > 0 ? 422 : 200);
  }

  return router;
}

const withNext = (path: string, next: string | null) =>
  next ? `${path}?next=${encodeURIComponent(next)}` : path;

function sentenceOf(
  reason: Exclude<Extract<GivenSecondFactor, { ok: false }>['reason'], 'over' | 'not-enrolled'>,
  kind: 'totp' | 'recovery',
): string {
  switch (reason) {
    case 'locked':
      return 'Too many wrong codes. Wait 15 minutes and try again.';
    case 'reused':
      return 'That code has been used. Wait for the next one in your app.';
    case 'wrong':
      return kind === 'totp'
        ? 'That is not the code your app shows now. Check that the clock of your phone is right.'
        : 'That is not one of your recovery codes, or it has been used.';
  }
}
