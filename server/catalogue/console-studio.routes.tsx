import { Router, type Request, type Response } from 'express';
import { StudioPage } from '../../client/pages/console/studio.tsx';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { findMember } from '../organisers/organiser.queries.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { giveStudioTicket } from '../streams/give-studio-ticket.ts';
import { stageOfPath } from '../streams/stream-change.rules.ts';
import { findStreamOfStage } from '../streams/stream.queries.ts';
import { openConsoleEvent } from './open-console-event.ts';
import { stageRows } from './stream-page.rules.ts';

const path = '/console/events/:eventId/streams/:stageId/studio';
type StudioRequest = Request<{ eventId: string; stageId: string }>;

/** Where an organiser goes on air from a browser. */
export function consoleStudioRoutes(deps: Deps): Router {
  const router = Router();

  async function open({ params }: StudioRequest, response: Response) {
    const opened = await openConsoleEvent(response, params.eventId, 'stream:edit', deps);
    const stageId = stageOfPath(opened.event, params.stageId);
    const row = stageRows(opened).find((one) => one.stageId === stageId);
    if (stageId === undefined || !row) throw notFound('that stage');
    return { ...opened, stage: row };
  }

  router.get(path, async (request: StudioRequest, response) => {
    const { event, shown, stage, actor } = await open(request, response);
    const [stream, member] = await Promise.all([
      findStreamOfStage(event._id, stage.stageId),
      findMember(actor.memberId),
    ]);
    const start = {
      eventId: event._id,
      stageId: stage.stageId,
      role: 'host' as const,
      stageName: stage.name,
      personName: member?.name ?? '',
      ticketPath: `${stage.path}/studio/ticket`,
      encoderPath: stage.path,
      hint:
        !stream || stream.shows === 'studio'
          ? null
          : 'The stage shows something else now. Viewers see you once you switch it to the studio, in the run of show or on the stage’s page.',
    };
    response.set('Cache-Control', 'no-store');
    sendPage(response, <StudioPage event={shown} stagePath={stage.path} start={start} />);
  });

  router.post(`${path}/ticket`, async (request: StudioRequest, response) => {
    const { event, stage, actor } = await open(request, response);
    const person = `member:${actor.memberId}` as const;
    const given = await giveStudioTicket(actor, { event, stageId: stage.stageId, person }, deps);
    if (!given.ok) throw new AppError('conflict', given.message);
    response.set('Cache-Control', 'no-store').json({ ticket: given.ticket });
  });
  return router;
}
