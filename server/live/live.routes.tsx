import { Router, type Request, type Response } from 'express';
import { LiveOutsidePage } from '../../client/pages/live/live-outside.tsx';
import { LiveRoomPage, type LiveRoomPageProps } from '../../client/pages/live/live-room.tsx';
import { writeMessage } from '../chat/write-message.ts';
import { notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { getEventOfRoom } from '../events/event.queries.ts';
import {
  admitParticipant,
  enterLiveRoom,
  findLiveRight,
  type InRoom,
} from '../participants/enter-live-room.ts';
import { ticketClaims } from '../participants/ticket.rules.ts';
import { newId } from '../platform/new-id.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { allowPictures } from '../platform/http/security-headers.ts';
import { issueTicket } from '../platform/realtime/join-ticket.ts';
import { votePoll } from '../polls/vote-poll.ts';
import { askQuestion } from '../questions/ask-question.ts';
import { voteQuestion } from '../questions/vote-question.ts';
import { noteEntry } from '../registrations/note-entry.ts';
import { findWatchPath } from '../streams/watch.queries.ts';
import { limitPartForms } from './limit-part-forms.ts';
import { chosenStage, chosenTab, dayInWords, originsOfPictures } from './live.rules.ts';
import { getLiveRoom } from './live.queries.ts';
import { getMine } from './mine.queries.ts';
import { readPartForm, type PartMessages } from './part-form.rules.ts';
import { refusedWith } from './refusal.rules.ts';

type RoomRequest = Request<{ slug: string; id?: string }>;
type Trouble = LiveRoomPageProps['part']['trouble'];

/** The room itself for who has a place, and a page that says how to get one for everybody else. */
export function liveRoutes(deps: Deps): Router {
  const router = Router();
  const path = '/events/:slug/live';
  const limits = limitPartForms();

  router.get(path, (request, response) => show(request, response, request.query, null));

  // What the script sends over its socket comes as forms from pages without it.
  router.post(`${path}/chat`, (request: RoomRequest, response) =>
    takePart(request, response, 'chat:post', (room, message) => writeMessage(room, message, deps)),
  );
  router.post(`${path}/questions`, (request: RoomRequest, response) =>
    takePart(request, response, 'question:ask', (room, message) => askQuestion(room, message, deps)),
  );
  router.post(`${path}/questions/:id/vote`, (request: RoomRequest, response) =>
    takePart(request, response, 'question:vote', (room, message) => voteQuestion(room, message, deps)),
  );
  router.post(`${path}/polls/:id/vote`, (request: RoomRequest, response) =>
    takePart(request, response, 'poll:vote', (room, message) => votePoll(room, message, deps)),
  );

  async function takePart<K extends keyof PartMessages>(
    request: RoomRequest,
    response: Response,
    name: K,
    act: (room: InRoom, message: PartMessages[K]) => Promise<unknown>,
  ) {
    const { slug, id } = request.params;
    const event = await getEventOfRoom(slug);
    const { actor, passes } = response.locals;
    const form = readPartForm(name, request.body, { eventId: event._id, id, newId });
    const { tab, stage, typed } = form;
    const room = await enterLiveRoom(
      { actor, passes },
      { eventId: event._id, permission: form.permission },
      deps,
    );
    const send = async (message: PartMessages[K]) => {
      await limits.spend(name, room.me._id);
      await act(room, message);
    };
    const refusal = form.ok ? await send(form.message).then(() => null, refusedWith) : form.problem;
    if (refusal !== null)
      return show(request, response, { tab, stage }, { tab, message: refusal, text: typed });
    const back = new URLSearchParams({ tab, ...(stage ? { stage } : {}) });
    response.redirect(303, `/events/${event.slug}/live?${back.toString()}#panel`);
  }

  async function show(
    request: RoomRequest,
    response: Response,
    asked: { readonly tab?: unknown; readonly stage?: unknown },
    trouble: Trouble,
  ) {
    const event = await getEventOfRoom(request.params.slug);
    const { actor, passes } = response.locals;
    const now = deps.clock.now();
    const right = await findLiveRight(event, { actor, passes });
    if (right) {
      if (right.place) await noteEntry(event, right.place, deps);
      const me = await admitParticipant(event, right, deps);
      const room = await getLiveRoom(event._id, 'viewers', now);
      // A first visit asks for its own over the socket; who chose a tab may have no script.
      const mine = asked.tab === undefined ? null : await getMine({ event, me }, now);
      const stageId = chosenStage(room.snapshot, asked.stage);
      const { path: watchPath, expiresAt } = await findWatchPath(
        { eventId: event._id, participantId: me._id, stageId },
        deps,
      );
      const allows = originsOfPictures(room.snapshot);
      allowPictures(response, allows);
      const part = {
        tab: chosenTab(asked.tab),
        formId: newId(),
        mine,
        trouble,
        ticket: issueTicket(ticketClaims({ actor, passes }, { event, me, right }), deps),
        attendancePath: right.registrationId ? `/registrations/${right.registrationId}/attendance` : null,
        picture: { watch: watchPath === null ? null : { stageId, path: watchPath, expiresAt }, allows },
      };
      const page = <LiveRoomPage {...room} now={now.getTime()} stageId={stageId} part={part} />;
      return sendPage(response, page, trouble ? 422 : 200);
    }
    if (event.rehearsalOf) throw notFound('that event');
    const email = actor.kind === 'attendee' || actor.kind === 'member' ? actor.email : null;
    const page = (
      <LiveOutsidePage
        slug={event.slug}
        title={event.title}
        date={dayInWords(event)}
        canRegister={event.status === 'published' && now < event.endsAt}
        email={email}
      />
    );
    sendPage(response, page, email === null ? 401 : 403);
  }
  return router;
}
