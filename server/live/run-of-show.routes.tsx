import { Router, type Request, type Response } from 'express';
import { RunOfShowPage } from '../../client/pages/live/run-of-show.tsx';
import { makeAnnouncement } from '../announcements/make-announcement.ts';
import { withdrawAnnouncement } from '../announcements/withdraw-announcement.ts';
import { isUrgentTime } from '../campaigns/campaign.rules.ts';
import { announceForm, extendForm, runOfShowForm, takeDownForm } from '../contracts/run-of-show-form.ts';
import { AppError, notFound } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { findRehearsalOf, getEvent } from '../events/event.queries.ts';
import { shownEventState } from '../events/event.rules.ts';
import { hasPermission, requirePermission } from '../organisers/permission.rules.ts';
import { enterLiveRoom } from '../participants/enter-live-room.ts';
import { readForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { newId } from '../platform/new-id.ts';
import { directSession } from './direct-session.ts';
import { extendLiveSession } from './extend-live-session.ts';
import { getLiveRoom } from './live.queries.ts';
import { chosenStage, refusedExtension, refusedMove, whenInWords } from './live.rules.ts';
import { resetStageView } from './reset-stage-view.ts';
import { getStageViewPath } from './stage-view.queries.ts';

const path = '/console/events/:eventId/run-of-show';
type ShowRequest = Request<{ eventId: string }>;

/** The organiser's screen of the day; its timeline and its announcements are forms, so they work without script. */
export function runOfShowRoutes(deps: Deps): Router {
  const router = Router();

  router.get(path, async (request, response) => {
    const { stage, tab } = request.query;
    await show(request, response, { stage, tab }, null, 200);
  });

  router.post(path, async (request, response) => {
    const form = readForm(runOfShowForm, request.body);
    if (!form.ok) throw pressAgain();
    const { stage, ...move } = form.input;
    const { eventId } = request.params;
    const result = await directSession(response.locals.actor, { eventId, ...move }, deps);
    if (!result.ok) return show(request, response, { stage }, refusedMove(result), 409);
    goBack(request, response, { stage });
  });

  router.post(`${path}/extend`, async (request, response) => {
    const form = readForm(extendForm, request.body);
    if (!form.ok) throw pressAgain();
    const { stage, ...input } = form.input;
    const { eventId } = request.params;
    const result = await extendLiveSession(response.locals.actor, { eventId, ...input }, deps);
    if (!result.ok) return show(request, response, { stage }, refusedExtension(result), 409);
    goBack(request, response, { stage });
  });

  router.post(`${path}/announce`, async (request, response) => {
    const room = await enter(request, response);
    const form = readForm(announceForm, request.body);
    const tab = 'announcements';
    if (!form.ok) {
      const { stage, text } = form.form.values;
      return show(request, response, { stage, tab, text }, form.form.errors[0]?.message ?? '', 422);
    }
    const { stage, expires, ...written } = form.input;
    await makeAnnouncement(room, { ...written, expiresInMinutes: Number(expires) || null }, deps);
    goBack(request, response, { stage, tab });
  });

  router.post(`${path}/take-down`, async (request, response) => {
    const room = await enter(request, response);
    const form = readForm(takeDownForm, request.body);
    if (!form.ok) throw pressAgain();
    await withdrawAnnouncement(room, form.input, deps);
    goBack(request, response, { stage: form.input.stage, tab: 'announcements' });
  });

  router.post(`${path}/stage-view-address`, async (request, response) => {
    const { eventId } = request.params;
    await resetStageView(response.locals.actor, { eventId }, deps);
    const { stage } = (request.body ?? {}) as { stage?: unknown };
    goBack(request, response, { stage });
  });

  const enter = (request: ShowRequest, response: Response) => {
    const { actor, passes } = response.locals;
    const { eventId } = request.params;
    return enterLiveRoom({ actor, passes }, { eventId, permission: 'live:moderate' }, deps);
  };

  async function show(
    request: ShowRequest,
    response: Response,
    { stage, tab, text }: { readonly stage?: unknown; readonly tab?: unknown; readonly text?: unknown },
    notice: string | null,
    status: number,
  ) {
    const { eventId } = request.params;
    const { actor } = response.locals;
    if (actor.kind === 'visitor')
      throw new AppError('not-signed-in', 'Sign in as an organiser to run the show.');
    if (actor.kind !== 'member') throw notFound('that page');
    const event = await getEvent(eventId);
    requirePermission(actor, 'event:read', event.organiserId);
    const now = deps.clock.now();
    const may = (permission: 'live:moderate' | 'session:direct' | 'message:urgent') =>
      hasPermission(actor, permission, event.organiserId);
    const audience = may('live:moderate') ? 'moderators' : 'viewers';
    const room = await getLiveRoom(eventId, audience, now);
    const eventPath = `/console/events/${eventId}`;
    // A rehearsal has a run of show only: the rest of the console is the event's own.
    const consolePath = `/console/events/${event.rehearsalOf ?? eventId}`;
    const state = shownEventState(event, room.snapshot.sessions, now);
    const canBeUrgent = may('message:urgent') && isUrgentTime(event, state === 'live', now);
    const page = (
      <RunOfShowPage
        {...room}
        now={now.getTime()}
        stageId={chosenStage(room.snapshot, stage)}
        tab={typeof tab === 'string' ? tab : null}
        path={eventPath}
        audience={audience}
        canDirect={may('session:direct')}
        notice={notice}
        formId={newId()}
        typedAnnouncement={typeof text === 'string' ? text : ''}
        viewers={null}
        urgentPath={canBeUrgent ? `${eventPath}/messages/urgent` : null}
        stageViewUrl={
          audience === 'moderators' ? deps.config.publicUrl + (await getStageViewPath(eventId, deps)) : null
        }
        rehearsal={
          may('session:direct')
            ? {
                path: consolePath,
                isRehearsal: Boolean(event.rehearsalOf),
                isRunning: (await findRehearsalOf(eventId)) !== null,
              }
            : null
        }
        event={{
          title: event.title,
          path: consolePath,
          publicPath: `/events/${event.slug}`,
          when: whenInWords(event),
          state,
        }}
      />
    );
    sendPage(response, page, status);
  }
  return router;
}

const pressAgain = () => new AppError('bad-request', 'Reload the page and press the button again.');

function goBack(
  request: ShowRequest,
  response: Response,
  { stage, tab }: { readonly stage?: unknown; readonly tab?: string },
): void {
  const query = new URLSearchParams();
  if (typeof stage === 'string' && stage) query.set('stage', stage);
  if (tab) query.set('tab', tab);
  const address = `/console/events/${encodeURIComponent(request.params.eventId)}/run-of-show`;
  response.redirect(303, query.size > 0 ? `${address}?${query.toString()}` : address);
}
