import { Router, type Request, type Response } from 'express';
import { RegisterPage } from '../../client/pages/registration/register.tsx';
import { RegisteredPage } from '../../client/pages/registration/registered.tsx';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import { registrationForm } from '../contracts/registration-form.ts';
import { emailAddress } from '../contracts/form-text.ts';
import type { Deps } from '../deps.ts';
import { getPublicEventBySlug, type Event } from '../events/event.queries.ts';
import { getOrganiser } from '../organisers/organiser.queries.ts';
import { readCookie, setCookie } from '../platform/http/cookies.ts';
import { readForm, refusedForm, typedValues } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { newId } from '../platform/new-id.ts';
import { showMoment, showTimeOfDay } from '../platform/time/show-time.ts';
import { findOwnDetails } from './own-details.queries.ts';
import { registerAttendee } from './register-attendee.ts';
import { refusalAt, type Refusal } from './registration.rules.ts';
import { countSeats } from './seats.queries.ts';
import { calendarOf, eventAround, formFields } from './show-form.ts';

type Standing = Parameters<typeof RegisterPage>[0]['standing'];

/** Finding a place at an event: the form, and the page that says "You're in". */
export function registrationRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/events/:slug/register', async (request, response) => {
    const event = await getPublicEventBySlug(request.params.slug);
    const own = await findOwnDetails(response.locals.actor);
    await showForm(response, event, { form: { ...emptyForm, values: { ...own } } });
  });

  router.post('/events/:slug/register', async (request, response) => {
    const event = await getPublicEventBySlug(request.params.slug);
    const read = readForm(formOf(event), request.body);
    if (!read.ok) return showForm(response, event, { form: read.form, status: 422 });
    const { input } = read;
    const result = await registerAttendee(response.locals.actor, { eventId: event._id, form: input }, deps);
    if (result.ok) {
      rememberAddress(response, input.email);
      return response.redirect(303, `/events/${event.slug}/registered`);
    }
    const form = { values: typedValues(request.body), errors: [] };
    switch (result.reason) {
      case 'sold-out':
        return showForm(response, event, { form, standing: 'sold-out', status: 409 });
      case 'not-open':
        return showForm(response, event, { form, status: 409 });
      case 'closed':
      case 'cancelled-event':
      case 'not-published':
        return showForm(response, event, { form, status: 410 });
      case 'sent-before': {
        const message =
          'You sent this form before with other answers, and that place is booked. Send it again to book with these as well';
        const refused = refusedForm(request.body, { field: 'email', message });
        return showForm(response, event, { form: refused, isNewAttempt: true, status: 409 });
      }
    }
  });

  router.get('/events/:slug/registered', async (request, response) => {
    const event = await getPublicEventBySlug(request.params.slug);
    const { startsAt, endsAt, zone } = event;
    const [organiser, places] = await Promise.all([getOrganiser(event.organiserId), countSeats(event._id)]);
    const around = eventAround(event, organiser, places);
    const times = {
      doors: showTimeOfDay(new Date(startsAt.getTime() - doorsBeforeMs), zone),
      start: showTimeOfDay(startsAt, zone),
      end: showTimeOfDay(endsAt, zone),
    };
    sendPage(
      response,
      <RegisteredPage
        event={{ ...around, times }}
        email={rememberedAddress(request)}
        mailSubject={`You’re in: ${event.title}`}
        mailFrom={deps.config.mailFrom}
        calendar={calendarOf(event, deps.config.publicUrl)}
      />,
    );
  });

  /** The same attempt comes back with a mended form; a new one where the old is spent. */
  async function showForm(
    response: Response,
    event: Event,
    page: { form: FormState; standing?: Standing; status?: number; isNewAttempt?: boolean },
  ): Promise<void> {
    const now = deps.clock.now();
    const [organiser, places] = await Promise.all([getOrganiser(event.organiserId), countSeats(event._id)]);
    const isFull = places.capacity !== null && places.taken >= places.capacity;
    const sent = page.isNewAttempt ? undefined : page.form.values.attempt;
    sendPage(
      response,
      <RegisterPage
        event={eventAround(event, organiser, places)}
        standing={page.standing ?? standingAt(event, isFull, now)}
        opens={event.registrationOpensAt ? showMoment(event.registrationOpensAt, event.zone) : null}
        form={page.form}
        isSent={page.status !== undefined}
        attempt={typeof sent === 'string' ? sent : newId()}
        {...formFields(event)}
      />,
      page.status,
    );
  }

  // The page after registering names the address, so that a slip of the finger is seen at once. It goes by a
  // cookie of a few minutes and not in the address, which ends up in logs and histories.
  function rememberAddress(response: Response, email: string): void {
    setCookie(response, typedAddress, Buffer.from(email).toString('base64url'), {
      publicUrl: deps.config.publicUrl,
      maxAgeInSeconds: 600,
    });
  }
  function rememberedAddress(request: Request): string | null {
    const value = readCookie(request.headers.cookie, typedAddress, deps.config.publicUrl);
    return emailAddress.safeParse(Buffer.from(value ?? '', 'base64url').toString()).data ?? null;
  }

  return router;
}

const typedAddress = 'registered';
const doorsBeforeMs = 15 * 60_000;

const forms = new Map<string, { revision: number; schema: ReturnType<typeof registrationForm> }>();

/** Building the schema of a form costs more than reading one with it, and a rush reads hundreds. */
function formOf(event: Event): ReturnType<typeof registrationForm> {
  let kept = forms.get(event._id);
  if (kept?.revision !== event.revision) {
    kept = { revision: event.revision, schema: registrationForm(event) };
    if (forms.size >= 100) forms.clear();
    forms.set(event._id, kept);
  }
  return kept.schema;
}

function standingAt(event: Event, isFull: boolean, now: Date): Standing {
  const refusal = refusalAt(event, now);
  if (!refusal) return isFull ? 'sold-out' : 'open';
  const standings: Record<Refusal, Standing> = {
    'not-published': 'closed',
    'cancelled-event': 'cancelled',
    'not-open': 'not-yet-open',
    closed: now >= event.endsAt ? 'ended' : 'closed',
  };
  return standings[refusal];
}
