import { Router, type Response } from 'express';
import { FeedbackPage } from '../../client/pages/registration/feedback.tsx';
import { feedbackForm } from '../contracts/feedback-form.ts';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getPublicEventBySlug, type Event } from '../events/event.queries.ts';
import { readForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { showMoment } from '../platform/time/show-time.ts';
import { findPlaceOfReader } from '../registrations/my-agenda.queries.ts';
import { listSessionsOfEvent } from '../sessions/session.queries.ts';
import { findFeedbackOfRegistration, type Feedback } from './feedback.queries.ts';
import { closesAt, feedbackStateAt, opensAt } from './feedback.rules.ts';
import { giveFeedback } from './give-feedback.ts';

/** What people who had a place say about the day. */
export function feedbackRoutes(deps: Deps): Router {
  const router = Router();
  const path = '/events/:slug/feedback';

  router.get(path, async (request, response) => {
    const event = await getPublicEventBySlug(request.params.slug);
    const place = await getPlace(event, response);
    const said = await findFeedbackOfRegistration(place._id);
    const form = said ? { ...emptyForm, values: typed(said) } : emptyForm;
    await show(response, event, { form, isSaved: request.query.done === 'saved' });
  });

  router.post(path, async (request, response) => {
    const event = await getPublicEventBySlug(request.params.slug);
    const place = await getPlace(event, response);
    const read = readForm(feedbackForm, request.body);
    if (!read.ok) return show(response, event, { form: read.form, status: 422 });
    const result = await giveFeedback(place, { event, form: read.input }, deps);
    if (!result.ok) return show(response, event, { form: emptyForm, status: 409 });
    response.redirect(303, `/events/${event.slug}/feedback?done=saved`);
  });

  async function show(
    response: Response,
    event: Event,
    page: { form: FormState; isSaved?: boolean; status?: number },
  ): Promise<void> {
    const sessions = await listSessionsOfEvent(event._id);
    const state = feedbackStateAt(event, sessions, deps.clock.now());
    sendPage(
      response,
      <FeedbackPage
        event={{ slug: event.slug, title: event.title }}
        state={state}
        opensAt={showMoment(opensAt(event, sessions), event.zone)}
        closesAt={showMoment(closesAt(event), event.zone)}
        form={page.form}
        isSaved={page.isSaved ?? false}
      />,
      page.status,
    );
  }

  return router;
}

async function getPlace(event: Event, { locals }: Response): Promise<{ readonly _id: string }> {
  const { actor, passes } = locals;
  const place = await findPlaceOfReader(event._id, { actor, passes });
  if (place) return place;
  if (actor.kind === 'visitor' && passes.length === 0)
    throw new AppError('not-signed-in', 'Sign in to say how the day was for you.');
  throw new AppError('forbidden', 'Only people who had a place at this event can say how it was.');
}

const typed = ({ overall, useful, better, mayQuote, withName }: Feedback): FormState['values'] => ({
  overall: String(overall),
  useful,
  better,
  mayQuote: mayQuote ? 'yes' : [],
  withName: withName ? 'yes' : [],
});
