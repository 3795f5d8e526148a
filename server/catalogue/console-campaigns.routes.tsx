import { Router, type Request, type Response } from 'express';
import { MessageFormPage } from '../../client/pages/console/messages-form.tsx';
import { MessagePage, type MessagePageProps } from '../../client/pages/console/messages-message.tsx';
import { countsInWords } from '../../client/pages/console/messages.tsx';
import { countCampaignMails, getCampaignOfEvent, type Campaign } from '../campaigns/campaign.queries.ts';
import { purposeOf, segmentOf, shownCampaignState } from '../campaigns/campaign.rules.ts';
import { createCampaign } from '../campaigns/create-campaign.ts';
import { editCampaign } from '../campaigns/edit-campaign.ts';
import { sendCampaign, type SendCampaignResult } from '../campaigns/send-campaign.ts';
import { sendTestMessage } from '../campaigns/send-test-message.ts';
import { showCampaign } from '../campaigns/show-campaign.ts';
import { stopCampaign } from '../campaigns/stop-campaign.ts';
import {
  campaignForm,
  newCampaignForm,
  scheduleCampaignForm,
  sendCampaignForm,
} from '../contracts/campaign-form.ts';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import { AppError } from '../contracts/problem.ts';
import type { Deps } from '../deps.ts';
import { readWallTime } from '../events/event-times.rules.ts';
import { readForm, refusedForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { showMoment, showZone } from '../platform/time/show-time.ts';
import { newId } from '../platform/new-id.ts';
import { countSegment } from '../registrations/segment.queries.ts';
import { noticeOf } from './console-events.routes.tsx';
import {
  campaignFormValues,
  consentChoices,
  peopleInWords,
  segmentChoices,
  wordsForSegment,
} from './console-message.rules.ts';
import { openConsoleEvent, type OpenedEvent } from './open-console-event.ts';

const list = '/console/events/:eventId/messages';
const one = `${list}/:campaignId`;
const noSuchConsent = { field: 'consent', message: 'Choose a purpose that this event asks about' };
const notices = {
  saved: 'Saved. Look at it, send yourself a test, then send it.',
  tested: 'A test is on its way to your own address.',
  sending: 'It is on its way.',
  scheduled: 'It is planned.',
  draft: 'Taken back. It is a draft again.',
  stopped: 'Stopped. What had not left is not sent.',
};

type Params = Request<{ eventId: string; campaignId: string }>;

/** One message of an organiser: write it, look at it, send it, stop it. */
export function consoleCampaignRoutes(deps: Deps): Router {
  const router = Router();
  const open = (request: Request<{ eventId: string }>, response: Response) =>
    openConsoleEvent(response, request.params.eventId, 'message:send', deps);
  const openOne = async (request: Params, response: Response) => {
    const opened = await open(request, response);
    const scope = { organiserId: opened.event.organiserId, eventId: opened.event._id };
    const campaign = await getCampaignOfEvent(scope, request.params.campaignId);
    const campaignPath = `${opened.shown.path}/messages/${campaign._id}`;
    return { ...opened, campaign, campaignPath, scope: { ...scope, campaignId: campaign._id } };
  };

  router.get(`${list}/new`, async (request, response) => {
    const opened = await open(request, response);
    sendForm(response, opened, null, { values: { attempt: newId(), segment: 'registered' }, errors: [] });
  });

  router.post(list, async (request, response) => {
    const opened = await open(request, response);
    const { actor, event, shown } = opened;
    const read = readForm(newCampaignForm, request.body);
    if (!read.ok) return sendForm(response, opened, null, read.form, 422);
    const { attempt, ...content } = read.input;
    const scope = { organiserId: event.organiserId, eventId: event._id };
    const result = await createCampaign(actor, { ...scope, attempt, content }, deps);
    if (!result.ok) return sendForm(response, opened, null, refusedForm(request.body, noSuchConsent), 422);
    response.redirect(303, `${shown.path}/messages/${result.campaignId}?done=saved`);
  });

  router.get(one, async (request, response) => {
    const opened = await openOne(request, response);
    const text = noticeOf(request, notices);
    await sendMessage(response, opened, { notice: text === null ? null : { text, kind: 'good' } });
  });

  router.get(`${one}/html`, async (request, response) => {
    const { actor, campaign } = await openOne(request, response);
    const { html } = await showCampaign(actor, campaign, deps);
    // A frame of our own page may show it; nothing in it runs, loads or posts.
    response.set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
      'X-Frame-Options': 'SAMEORIGIN',
      'Cache-Control': 'no-store',
    });
    response.type('html').send(html.replace('<head>', '<head><base target="_blank">'));
  });

  router.get(`${one}/edit`, async (request, response) => {
    const opened = await openOne(request, response);
    if (opened.campaign.state !== 'draft') return response.redirect(303, opened.campaignPath);
    const values = campaignFormValues(opened.campaign);
    sendForm(response, opened, opened.campaignPath, { values, errors: [] });
  });

  router.post(`${one}/edit`, async (request, response) => {
    const opened = await openOne(request, response);
    const { actor, scope, campaignPath } = opened;
    const read = readForm(campaignForm, request.body);
    if (!read.ok) return sendForm(response, opened, campaignPath, read.form, 422);
    const { revision, ...content } = read.input;
    const result = await editCampaign(actor, { ...scope, revision, content }, deps);
    if (result.ok) return response.redirect(303, `${campaignPath}?done=saved`);
    switch (result.reason) {
      case 'no-such-consent':
        return sendForm(response, opened, campaignPath, refusedForm(request.body, noSuchConsent), 422);
      case 'not-a-draft':
        throw new AppError('conflict', 'This message was sent or planned meanwhile, so it stays as it is.');
      case 'edited-meanwhile': {
        const message = `Somebody else saved this message meanwhile: it is called “${result.campaign.subject}” now. What you typed is kept: save again to replace theirs`;
        const form = refusedForm(request.body, { field: 'subject', message });
        const values = { ...form.values, revision: String(result.campaign.revision) };
        return sendForm(response, opened, campaignPath, { ...form, values }, 409);
      }
    }
  });

  router.post(`${one}/test`, async (request, response) => {
    const { actor, scope, campaignPath } = await openOne(request, response);
    await sendTestMessage(actor, scope, deps);
    response.redirect(303, `${campaignPath}?done=tested`);
  });

  router.post(`${one}/send`, async (request, response) => {
    const opened = await openOne(request, response);
    const read = readForm(sendCampaignForm, request.body);
    if (!read.ok) throw new AppError('bad-request', 'Reload the page and press the button again.');
    const input = { ...opened.scope, ...read.input, sendAt: null };
    const result = await sendCampaign(opened.actor, input, deps);
    if (result.ok) return response.redirect(303, `${opened.campaignPath}?done=sending`);
    await answerRefusal(response, opened, result, emptyForm);
  });

  router.post(`${one}/schedule`, async (request, response) => {
    const opened = await openOne(request, response);
    const read = readForm(scheduleCampaignForm, request.body);
    if (!read.ok) return sendMessage(response, opened, { form: read.form }, 422);
    const { date, time, ...seen } = read.input;
    const wall = readWallTime(`${date}T${time}`, opened.event.zone);
    if ('sentence' in wall) {
      const form = refusedForm(request.body, { field: 'time', message: wall.sentence });
      return sendMessage(response, opened, { form }, 422);
    }
    const result = await sendCampaign(opened.actor, { ...opened.scope, ...seen, sendAt: wall.instant }, deps);
    if (result.ok) return response.redirect(303, `${opened.campaignPath}?done=scheduled`);
    await answerRefusal(response, opened, result, refusedForm(request.body));
  });

  router.post(`${one}/stop`, async (request, response) => {
    const { actor, scope, campaignPath } = await openOne(request, response);
    const result = await stopCampaign(actor, scope, deps);
    response.redirect(303, result.ok ? `${campaignPath}?done=${result.became}` : campaignPath);
  });

  type Opened = Awaited<ReturnType<typeof openOne>>;

  async function answerRefusal(
    response: Response,
    opened: Opened,
    refusal: Extract<SendCampaignResult, { ok: false }>,
    form: FormState,
  ): Promise<void> {
    const typed = (message: string) => ({ ...form, errors: [{ field: 'date', message }] });
    switch (refusal.reason) {
      // The second press of two: it is on its way already.
      case 'not-a-draft':
        return response.redirect(303, opened.campaignPath);
      case 'count-changed': {
        const text = `It goes to ${peopleInWords(refusal.count)} now. Nothing was sent: press again if that is right.`;
        return sendMessage(response, opened, { form, notice: { text, kind: 'soon' } }, 409);
      }
      case 'edited-meanwhile': {
        const text = 'Somebody changed this message meanwhile. Nothing was sent: look at it again.';
        return sendMessage(response, opened, { form, notice: { text, kind: 'soon' } }, 409);
      }
      case 'nobody':
        throw new AppError('conflict', 'Nobody is in this group yet, so there is nobody to write to.');
      case 'in-the-past':
        return sendMessage(response, opened, { form: typed('Choose a time that is to come') }, 422);
      case 'too-early': {
        const text = 'Nobody has missed the event before it is over. Choose a time after its end';
        if (form === emptyForm) throw new AppError('conflict', `${text}.`);
        return sendMessage(response, opened, { form: typed(text) }, 422);
      }
    }
  }

  async function sendMessage(
    response: Response,
    { actor, event, shown, campaign, campaignPath }: Opened,
    { form = emptyForm, notice = null }: Partial<Pick<MessagePageProps, 'form' | 'notice'>>,
    status = 200,
  ): Promise<void> {
    const [counts, count, { text }] = await Promise.all([
      countCampaignMails(campaign._id),
      countSegment(event._id, segmentOf(campaign)),
      showCampaign(actor, campaign, deps),
    ]);
    sendPage(
      response,
      <MessagePage
        event={shown}
        path={campaignPath}
        subject={campaign.subject}
        to={wordsForSegment(campaign)}
        kind={
          purposeOf(campaign) === 'marketing' ? 'Marketing, with a way to unsubscribe' : 'About this event'
        }
        state={shownCampaignState(campaign, counts)}
        progress={progressOf(campaign, countsInWords(counts), event.zone)}
        count={count}
        people={peopleInWords(count)}
        revision={campaign.revision}
        zone={showZone(event.startsAt, event.zone)}
        htmlPath={`${campaignPath}/html`}
        text={text}
        form={form}
        notice={notice}
      />,
      status,
    );
  }

  return router;
}

function progressOf({ state, plannedFor }: Campaign, counts: string, zone: string): string {
  if (state === 'draft') return '';
  return state === 'scheduled' && plannedFor ? `Leave on ${showMoment(plannedFor, zone)}` : counts;
}

function sendForm(
  response: Response,
  { event, shown }: OpenedEvent,
  messagePath: string | null,
  form: FormState,
  status = 200,
): void {
  sendPage(
    response,
    <MessageFormPage
      event={shown}
      messagePath={messagePath}
      form={form}
      segments={segmentChoices(event)}
      consents={consentChoices(event)}
    />,
    status,
  );
}
