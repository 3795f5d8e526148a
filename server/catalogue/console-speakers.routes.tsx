import { Router, type Request, type Response } from 'express';
import { SpeakerFormPage } from '../../client/pages/console/speaker-form.tsx';
import { ConsoleSpeakersPage } from '../../client/pages/console/speakers.tsx';
import { listStandingInvites } from '../calendar-invites/speaker-invite.queries.ts';
import { emptyForm } from '../contracts/form-state.ts';
import { speakerForm } from '../contracts/speaker-form.ts';
import type { Deps } from '../deps.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { withdrawSpeaker } from '../sessions/withdraw-speaker.ts';
import { createSpeaker } from '../speakers/create-speaker.ts';
import { getSpeakerOfOrganiser, listSpeakersOfOrganiser } from '../speakers/speaker.queries.ts';
import { changeSpeaker } from './change-speaker.ts';
import { noticeOf } from './console-events.routes.tsx';
import { speakerRow } from './console-speaker.rules.ts';
import { speakerCard } from './event-detail.rules.ts';
import { openConsoleEvent } from './open-console-event.ts';

const notices = { saved: 'Saved.', removed: 'Removed from the event.' };

/** The organiser's speakers, with what each does at this event. */
export function consoleSpeakerRoutes(deps: Deps): Router {
  const router = Router();
  const list = '/console/events/:eventId/speakers';
  const open = (request: Request<{ eventId: string }>, response: Response) =>
    openConsoleEvent(response, request.params.eventId, 'speaker:edit', deps);

  router.get(list, async (request, response) => {
    const { eventId } = request.params;
    const { event, sessions, shown } = await openConsoleEvent(response, eventId, 'event:read', deps);
    const [speakers, invites] = await Promise.all([
      listSpeakersOfOrganiser(event.organiserId),
      listStandingInvites(event._id),
    ]);
    const rows = speakers.map((speaker) => ({
      ...speakerCard(speaker),
      ...speakerRow(speaker, { event, sessions, invites }),
    }));
    sendPage(
      response,
      <ConsoleSpeakersPage event={shown} speakers={rows} notice={noticeOf(request, notices)} />,
    );
  });

  router.get(`${list}/new`, async (request, response) => {
    const { shown } = await open(request, response);
    sendPage(response, <SpeakerFormPage event={shown} speakerId={null} form={emptyForm} />);
  });

  router.post(list, async (request, response) => {
    const { actor, event, shown } = await open(request, response);
    const read = readForm(speakerForm, request.body);
    if (!read.ok)
      return sendPage(response, <SpeakerFormPage event={shown} speakerId={null} form={read.form} />, 422);
    await createSpeaker(actor, { organiserId: event.organiserId, form: read.input }, deps);
    response.redirect(303, `${shown.path}/speakers?done=saved`);
  });

  router.get(`${list}/:speakerId`, async (request, response) => {
    const { event, shown } = await open(request, response);
    const speaker = await getSpeakerOfOrganiser(event.organiserId, request.params.speakerId);
    const { name, pronouns, jobTitle, organisation, email, note, biography: bio, revision } = speaker;
    const values = { name, pronouns, jobTitle, organisation, email, note, bio, revision: String(revision) };
    sendPage(
      response,
      <SpeakerFormPage event={shown} speakerId={speaker._id} form={{ values, errors: [] }} />,
    );
  });

  router.post(`${list}/:speakerId`, async (request, response) => {
    const { actor, event, shown } = await open(request, response);
    const { speakerId } = request.params;
    await getSpeakerOfOrganiser(event.organiserId, speakerId);
    const read = readForm(speakerForm, request.body);
    if (!read.ok)
      return sendPage(
        response,
        <SpeakerFormPage event={shown} speakerId={speakerId} form={read.form} />,
        422,
      );
    const result = await changeSpeaker(actor, { event, speakerId, form: read.input }, deps);
    if (result.ok) return response.redirect(303, `${shown.path}/speakers?done=saved`);
    const message = `Somebody else saved “${result.speaker.name}” meanwhile. What you typed is kept: save again to replace theirs`;
    const form = refusedForm(request.body, { field: 'name', message });
    const values = { ...form.values, revision: String(result.speaker.revision) };
    sendPage(
      response,
      <SpeakerFormPage event={shown} speakerId={speakerId} form={{ ...form, values }} />,
      409,
    );
  });

  router.post(`${list}/:speakerId/remove`, async (request, response) => {
    const { actor, event, shown } = await open(request, response);
    const scope = { organiserId: event.organiserId, eventId: event._id };
    await withdrawSpeaker(actor, { ...scope, speakerId: request.params.speakerId }, deps);
    response.redirect(303, `${shown.path}/speakers?done=removed`);
  });

  return router;
}
