import { Router, type Request, type Response } from 'express';
import { BackstageStudioPage } from '../../client/pages/console/studio-backstage.tsx';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEventOfRoom } from '../events/event.queries.ts';
import { enterAudience } from '../participants/enter-live-room.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { giveStudioTicket } from './give-studio-ticket.ts';
import { findStreamOfStage } from './stream.queries.ts';
import { findStageOfSpeaker } from './studio-room.queries.ts';

const path = '/events/:slug/backstage/studio';
type StudioRequest = Request<{ slug: string }>;

/** Where a speaker goes on air from: the stage of their own session, and no other. */
export function studioRoutes(deps: Deps): Router {
  const router = Router();

  router.get(path, async (request: StudioRequest, response) => {
    const { event, stage, speaker } = await open(request, response);
    const stream = await findStreamOfStage(event._id, stage.id);
    const isShown = !stream || stream.shows === 'studio';
    const start = {
      eventId: event._id,
      stageId: stage.id,
      role: 'guest' as const,
      stageName: stage.name,
      personName: speaker.name,
      ticketPath: `/events/${event.slug}/backstage/studio/ticket?stage=${encodeURIComponent(stage.id ?? '')}`,
      encoderPath: null,
      hint: isShown ? null : 'Viewers see you as soon as the team switches the stage to the studio.',
    };
    response.set('Cache-Control', 'no-store');
    sendPage(
      response,
      <BackstageStudioPage event={{ slug: event.slug, title: event.title }} start={start} />,
    );
  });

  router.post(`${path}/ticket`, async (request: StudioRequest, response) => {
    const { event, stage, speaker, actor } = await open(request, response);
    const person = `speaker:${speaker.id}` as const;
    const given = await giveStudioTicket(actor, { event, stageId: stage.id, person }, deps);
    if (!given.ok) throw new AppError('conflict', given.message);
    response.set('Cache-Control', 'no-store').json({ ticket: given.ticket });
  });

  async function open(request: StudioRequest, response: Response) {
    const { actor, passes } = response.locals;
    if (actor.kind === 'visitor')
      throw new AppError('not-signed-in', 'Sign in with the address your organiser has for you.');
    const event = await getEventOfRoom(request.params.slug);
    const room = await enterAudience({ actor, passes }, { eventId: event._id, audience: 'backstage' }, deps);
    const { speakerId } = room.right;
    if (!speakerId) throw notFound('that page');
    const asked = request.query.stage;
    const stageId = typeof asked === 'string' ? asked || null : undefined;
    const stage = await findStageOfSpeaker(event, speakerId, stageId);
    if (!stage) throw notFound('that stage');
    return { event, actor, stage, speaker: { id: speakerId, name: room.right.name } };
  }
  return router;
}
