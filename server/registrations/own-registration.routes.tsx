import { Router, type Response } from 'express';
import { CancelPage } from '../../client/pages/registration/cancel.tsx';
import { RegistrationPage } from '../../client/pages/registration/registration.tsx';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import { AppError } from '../contracts/problem.ts';
import { consentsForm, registrationDetailsForm } from '../contracts/registration-form.ts';
import type { Deps } from '../deps.ts';
import { getEvent } from '../events/event.queries.ts';
import { shownEventState } from '../events/event.rules.ts';
import { readForm, typedValues } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { datelineOf } from '../platform/time/show-time.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { givePass } from '../sign-ins/give-pass.ts';
import { cancelRegistration } from './cancel-registration.ts';
import { changeConsents } from './change-consents.ts';
import { changeDetails, detailsOf } from './change-details.ts';
import { getOwnRegistration, type Registration } from './registration.queries.ts';
import { actingOn, refusalAt, type Difference } from './registration.rules.ts';
import { revokeJoinLink } from './revoke-join-link.ts';
import { joinPath } from './sign-links.ts';
import { calendarOf, formFields, typedDetails } from './show-form.ts';

const notices: Readonly<Record<string, string>> = {
  details: 'Your details are saved.',
  consents: 'Your choice is saved.',
  email: 'Your place has moved to this address. We have written to both.',
  links: 'The links in your earlier mails no longer work. New ones are on their way to you.',
};

/** A holder's own place: see it, change its details, cancel it, replace its links. */
export function ownRegistrationRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/registrations/:id', async (request, response) => {
    const registration = await ownRegistration(request.params.id, response);
    const notice = notices[typeof request.query.done === 'string' ? request.query.done : ''] ?? null;
    await showRegistration(response, registration, { notice });
  });

  router.post('/registrations/:id', async (request, response) => {
    const registration = await ownRegistration(request.params.id, response);
    const read = readForm(registrationDetailsForm(await getEvent(registration.eventId)), request.body);
    if (!read.ok) return showRegistration(response, registration, { form: read.form, status: 422 });
    const { revision, ...details } = read.input;
    const result = await changeDetails(
      actingOn(registration._id, response.locals),
      { registrationId: registration._id, details, revision },
      deps,
    );
    if (result.ok) return response.redirect(303, `/registrations/${registration._id}?done=details`);
    switch (result.reason) {
      case 'not-confirmed':
        throw new AppError('gone', 'This place was cancelled, so its details can no longer be changed.');
      case 'changed-elsewhere': {
        const values = { ...typedValues(request.body), revision: String(result.revision) };
        const form = { values, errors: result.differences.map(asFieldError) };
        return showRegistration(response, registration, { form, status: 409 });
      }
    }
  });

  router.post('/registrations/:id/consents', async (request, response) => {
    const registration = await ownRegistration(request.params.id, response);
    const read = readForm(consentsForm(await getEvent(registration.eventId)), request.body);
    if (!read.ok) return showRegistration(response, registration, { form: read.form, status: 422 });
    const { _id: registrationId } = registration;
    const actor = actingOn(registrationId, response.locals);
    await changeConsents(actor, { registrationId, consentIds: read.input }, deps);
    response.redirect(303, `/registrations/${registrationId}?done=consents`);
  });

  router.get('/registrations/:id/cancel', async (request, response) => {
    await showCancel(response, await ownRegistration(request.params.id, response));
  });

  router.post('/registrations/:id/cancel', async (request, response) => {
    const registrationId = request.params.id;
    await cancelRegistration(actingOn(registrationId, response.locals), { registrationId }, deps);
    response.redirect(303, `/registrations/${registrationId}/cancel`);
  });

  router.post('/registrations/:id/replace-links', async (request, response) => {
    const registration = await ownRegistration(request.params.id, response);
    const actor = actingOn(registration._id, response.locals);
    const result = await revokeJoinLink(actor, { registrationId: registration._id }, deps);
    if (!result.ok)
      throw new AppError('gone', 'This place was cancelled, so its links no longer work anyway.');
    // The pass that asked ended with all the others; the person at this browser may stay.
    if (actor.kind === 'pass') {
      const { endsAt } = await getEvent(registration.eventId);
      const { _id: registrationId, eventId } = registration;
      await givePass(
        request,
        response,
        { kind: 'manage', registrationId, eventId, eventEndsAt: endsAt },
        deps,
      );
    }
    response.redirect(303, `/registrations/${registration._id}?done=links`);
  });

  function ownRegistration(registrationId: string, response: Response): Promise<Registration> {
    return getOwnRegistration(actingOn(registrationId, response.locals), registrationId);
  }

  async function showCancel(response: Response, registration: Registration): Promise<void> {
    const event = await getEvent(registration.eventId);
    const { date, times, zone } = datelineOf(event);
    sendPage(
      response,
      <CancelPage
        registrationId={registration._id}
        event={{
          slug: event.slug,
          title: event.title,
          when: `${date}, ${times} ${zone}`,
          canRegisterAgain: refusalAt(event, deps.clock.now()) === null,
        }}
        isCancelled={registration.status === 'cancelled'}
      />,
    );
  }

  async function showRegistration(
    response: Response,
    registration: Registration,
    page: { form?: FormState; notice?: string | null; status?: number },
  ): Promise<void> {
    const now = deps.clock.now();
    const event = await getEvent(registration.eventId);
    const state = shownEventState(event, await listSessionsOfEvent(event._id), now);
    const change = registration.emailChange;
    const stored = {
      ...typedDetails(detailsOf(registration, deps)),
      revision: String(registration.revision),
    };
    sendPage(
      response,
      <RegistrationPage
        id={registration._id}
        state={registration.isPassedOn ? 'passed-on' : registration.status}
        email={registration.email}
        pendingEmail={change && change.expiresAt > now ? change.email : null}
        event={{
          slug: event.slug,
          title: event.title,
          dateline: datelineOf(event),
          isLive: state === 'live',
          joinHref: joinPath(registration, deps),
          isOver: state === 'ended' || state === 'cancelled',
          canRegisterAgain: refusalAt(event, now) === null,
        }}
        calendar={calendarOf(event, deps.config.publicUrl)}
        form={page.form ?? { ...emptyForm, values: stored }}
        notice={page.notice ?? null}
        {...formFields(event)}
      />,
      page.status,
    );
  }

  return router;
}

function asFieldError({ field, label, stored }: Difference) {
  const now = stored === '' ? 'was emptied' : `is now “${stored}”`;
  return { field, message: `${label} ${now}: it was changed elsewhere. Save again to keep yours` };
}
