import { Router, type Response } from 'express';
import { ChangeEmailPage } from '../../client/pages/registration/change-email.tsx';
import { ConfirmEmailPage } from '../../client/pages/registration/confirm-email.tsx';
import { PassOnPage } from '../../client/pages/registration/pass-on.tsx';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import { AppError } from '../contracts/problem.ts';
import { changeEmailForm, passOnForm } from '../contracts/registration-form.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { createRateLimit } from '../platform/http/rate-limits.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { givePass } from '../sign-ins/give-pass.ts';
import { confirmEmailChange } from './confirm-email-change.ts';
import { passOnRegistration } from './pass-on-registration.ts';
import { findRegistration, getOwnRegistration, type Registration } from './registration.queries.ts';
import { actingOn } from './registration.rules.ts';
import { requestEmailChange } from './request-email-change.ts';
import { isConfirmEmailLinkOf } from './sign-links.ts';

const gone = () =>
  new AppError('gone', 'This place was cancelled or passed on already. Nothing was changed.');
const wrongLink = () =>
  new AppError(
    'gone',
    'This link is not complete, was used before, or was replaced by a newer one. Look for the newest mail.',
  );

/** A place that goes to another person or another address. */
export function handoverRoutes(deps: Deps): Router {
  const router = Router();
  // Each try may write to somebody who never asked for mail from us.
  const passOnLimit = createRateLimit({ tries: 10, seconds: 3600, what: 'tries to pass this place on' });
  const emailLimit = createRateLimit({ tries: 5, seconds: 3600, what: 'changes of this address' });

  router.get('/registrations/:id/pass-on', async (request, response) => {
    await showPassOn(response, await ownRegistration(request.params.id, response), { form: emptyForm });
  });

  router.post('/registrations/:id/pass-on', async (request, response) => {
    const registration = await ownRegistration(request.params.id, response);
    const read = readForm(passOnForm, request.body);
    if (!read.ok) return showPassOn(response, registration, { form: read.form, status: 422 });
    await passOnLimit.spend(registration._id);
    const actor = actingOn(registration._id, response.locals);
    const result = await passOnRegistration(actor, { registrationId: registration._id, ...read.input }, deps);
    if (result.ok) return response.redirect(303, `/registrations/${registration._id}`);
    const refuse = (status: number, message: string) =>
      showPassOn(response, registration, {
        form: refusedForm(request.body, { field: 'email', message }),
        status,
      });
    switch (result.reason) {
      case 'own-address':
        return refuse(422, 'This is your own address. Enter the one of your colleague');
      case 'not-possible':
        return refuse(409, 'We cannot move your place to this address. Ask your colleague for another one');
      case 'not-confirmed':
        throw gone();
      case 'over':
        throw new AppError(
          'gone',
          'This event is over or cancelled, so its places can no longer be passed on.',
        );
    }
  });

  router.get('/registrations/:id/change-email', async (request, response) => {
    const { _id, email } = await ownRegistration(request.params.id, response);
    showChangeEmail(response, { registrationId: _id, currentEmail: email });
  });

  router.post('/registrations/:id/change-email', async (request, response) => {
    const registration = await ownRegistration(request.params.id, response);
    const page = { registrationId: registration._id, currentEmail: registration.email };
    const read = readForm(changeEmailForm, request.body);
    if (!read.ok) return showChangeEmail(response, page, { form: read.form, status: 422 });
    await emailLimit.spend(registration._id);
    const actor = actingOn(registration._id, response.locals);
    const { email } = read.input;
    const result = await requestEmailChange(actor, { registrationId: registration._id, email }, deps);
    if (result.ok) return showChangeEmail(response, page, { sentTo: email });
    switch (result.reason) {
      case 'own-address': {
        const message = 'Your place is under this address already. Enter the new one';
        const form = refusedForm(request.body, { field: 'email', message });
        return showChangeEmail(response, page, { form, status: 422 });
      }
      case 'not-confirmed':
        throw gone();
    }
  });

  router.get('/registrations/:id/confirm-email/:signature', async (request, response) => {
    const { id, signature } = request.params;
    const registration = await findRegistration(id);
    if (!registration?.emailChange || !isConfirmEmailLinkOf(registration, signature, deps)) throw wrongLink();
    const event = await getEvent(registration.eventId);
    const { email } = registration.emailChange;
    sendPage(
      response,
      <ConfirmEmailPage eventTitle={event.title} email={email} action={request.path} fields={{}} />,
    );
  });

  router.post('/registrations/:id/confirm-email/:signature', async (request, response) => {
    const { id: registrationId, signature } = request.params;
    const result = await confirmEmailChange(response.locals.actor, { registrationId, signature }, deps);
    if (result.ok) {
      // Whoever opened this link owns the address that has the place now.
      const event = await getEvent(result.eventId);
      const pass = { kind: 'manage', registrationId, eventId: event._id, eventEndsAt: event.endsAt } as const;
      await givePass(request, response, pass, deps);
      return response.redirect(303, `/registrations/${registrationId}?done=email`);
    }
    switch (result.reason) {
      case 'wrong-link':
        throw wrongLink();
      case 'expired':
        throw new AppError('gone', 'This link is more than a day old. Ask for the change once more.');
      case 'address-taken':
        throw new AppError(
          'conflict',
          'This address has a place of its own at this event, so the other one cannot move here. Nothing was changed.',
        );
    }
  });

  function ownRegistration(registrationId: string, response: Response): Promise<Registration> {
    return getOwnRegistration(actingOn(registrationId, response.locals), registrationId);
  }

  async function showPassOn(
    response: Response,
    registration: Registration,
    page: { form: FormState; status?: number },
  ): Promise<void> {
    if (registration.status !== 'confirmed') throw gone();
    const { title } = await getEvent(registration.eventId);
    sendPage(
      response,
      <PassOnPage registrationId={registration._id} eventTitle={title} form={page.form} />,
      page.status,
    );
  }

  return router;
}

function showChangeEmail(
  response: Response,
  place: { registrationId: string; currentEmail: string },
  page: { form?: FormState; sentTo?: string; status?: number } = {},
): void {
  const { form = emptyForm, sentTo = null, status } = page;
  sendPage(response, <ChangeEmailPage {...place} form={form} sentTo={sentTo} />, status);
}
