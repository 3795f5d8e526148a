import { Router, type Request, type Response } from 'express';
import { BackstagePage } from '../../client/pages/live/backstage.tsx';
import { writeMessage } from '../chat/write-message.ts';
import { liveMessages } from '../contracts/live-messages.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEventOfRoom } from '../events/event.queries.ts';
import { roleMay } from '../organisers/permission.rules.ts';
import { enterAudience, type InRoom } from '../participants/enter-live-room.ts';
import { newId } from '../platform/new-id.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { answerQuestion } from '../questions/answer-question.ts';
import { getLiveRoom } from './live.queries.ts';
import { chosenStage } from './live.rules.ts';
import { getMine } from './mine.queries.ts';
import { refusedWith } from './refusal.rules.ts';

type BackstageRequest = Request<{ slug: string; id?: string }>;
interface Trouble {
  readonly where: string;
  readonly message: string;
  readonly text: string;
}

/** Where speakers wait, with the team; for everybody else it is not there. */
export function backstageRoutes(deps: Deps): Router {
  const router = Router();
  const path = '/events/:slug/backstage';

  router.get(path, async (request: BackstageRequest, response) =>
    show(request, response, await enter(request, response), null),
  );

  router.post(`${path}/chat`, async (request: BackstageRequest, response) => {
    const room = await enter(request, response);
    const form = fields(request);
    const message = liveMessages['chat:post'].payload.safeParse({
      eventId: room.event._id,
      channel: 'backstage',
      stageId: null,
      clientId: form.clientId || newId(),
      text: form.text,
      replyToId: null,
    });
    const refusal = message.success
      ? await writeMessage(room, message.data, deps).then(() => null, refusedWith)
      : (message.error.issues[0]?.message ?? 'That could not be read.');
    if (refusal !== null)
      return show(request, response, room, { where: 'chat', message: refusal, text: form.text });
    response.redirect(303, `/events/${room.event.slug}/backstage`);
  });

  router.post(`${path}/questions/:id/answer`, async (request: BackstageRequest, response) => {
    const room = await enter(request, response);
    const form = fields(request);
    const where = request.params.id ?? '';
    const message = liveMessages['question:answer'].payload.safeParse({
      eventId: room.event._id,
      questionId: where,
      text: form.text,
      revision: Number(form.revision),
    });
    const refusal = message.success
      ? await answerQuestion(room, message.data, deps).then(() => null, refusedWith)
      : (message.error.issues[0]?.message ?? 'That could not be read.');
    if (refusal !== null) return show(request, response, room, { where, message: refusal, text: form.text });
    response.redirect(303, `/events/${room.event.slug}/backstage`);
  });

  async function enter(request: BackstageRequest, response: Response): Promise<InRoom> {
    const { actor, passes } = response.locals;
    if (actor.kind === 'visitor')
      throw new AppError('not-signed-in', 'Sign in with the address your organiser has for you.');
    const event = await getEventOfRoom(request.params.slug);
    const room = await enterAudience({ actor, passes }, { eventId: event._id, audience: 'backstage' }, deps);
    if (room.right.role === 'attendee') throw notFound('that page');
    return room;
  }

  async function show(request: BackstageRequest, response: Response, room: InRoom, trouble: Trouble | null) {
    const now = deps.clock.now();
    const shown = await getLiveRoom(room.event._id, 'backstage', now);
    const page = (
      <BackstagePage
        {...shown}
        now={now.getTime()}
        stageId={chosenStage(shown.snapshot, request.query.stage)}
        mine={await getMine(room, now)}
        speakerId={room.right.speakerId}
        canAnswerAll={roleMay(room.right.role, 'live:moderate')}
        formId={newId()}
        trouble={trouble}
      />
    );
    sendPage(response, page, trouble ? 422 : 200);
  }
  return router;
}

function fields(request: BackstageRequest) {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  return { text: text('text'), clientId: text('clientId'), revision: text('revision') };
}
