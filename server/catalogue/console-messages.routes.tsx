import { Router, type Response } from 'express';
import { ConsoleMessagesPage } from '../../client/pages/console/messages.tsx';
import { UrgentMessagePage } from '../../client/pages/console/messages-urgent.tsx';
import { countCampaignMails, listCampaignsOfEvent, type Campaign } from '../campaigns/campaign.queries.ts';
import { isUrgentTime, shownCampaignState } from '../campaigns/campaign.rules.ts';
import { sendUrgentMessage } from '../campaigns/send-urgent-message.ts';
import { urgentForm } from '../contracts/campaign-form.ts';
import type { FormState } from '../contracts/form-state.ts';
import { AppError } from '../contracts/problem.ts';
import { remindersForm } from '../contracts/reminder.ts';
import type { Deps } from '../deps.ts';
import { setReminders } from '../events/set-reminders.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import { readForm } from '../platform/http/form-fields.ts';
import { sendPage } from '../platform/http/render-page.tsx';
import { newId } from '../platform/new-id.ts';
import { countConfirmed } from '../registrations/registration.queries.ts';
import { listSentReminders } from '../reminders/reminder.queries.ts';
import { consoleCampaignRoutes } from './console-campaigns.routes.tsx';
import { shortMoment } from './console-event.rules.ts';
import { noticeOf } from './console-events.routes.tsx';
import { peopleInWords, reminderChoices, urgentSubject, wordsForSegment } from './console-message.rules.ts';
import { openConsoleEvent, type OpenedEvent } from './open-console-event.ts';

const path = '/console/events/:eventId/messages';
const notices = {
  reminders: 'The reminders are saved.',
  urgent: 'The message is on its way to everyone.',
};
const notNow = 'Urgent messages can be sent from a day before the start until the event is over.';

/** Messages to people who have a place, and reminders. */
export function consoleMessageRoutes(deps: Deps): Router {
  const router = Router();

  router.get(path, async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'event:read', deps);
    const form = { values: { reminders: opened.event.reminders }, errors: [] };
    await sendList(response, opened, form, noticeOf(request, notices));
  });

  router.post(`${path}/reminders`, async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'event:edit', deps);
    const { actor, event, shown } = opened;
    const read = readForm(remindersForm, request.body);
    if (!read.ok) return sendList(response, opened, read.form, null, 422);
    const scope = { organiserId: event.organiserId, eventId: event._id };
    await setReminders(actor, { ...scope, ...read.input }, deps);
    response.redirect(303, `${shown.path}/messages?done=reminders`);
  });

  router.get(`${path}/urgent`, async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'message:urgent', deps);
    if (!isDay(opened)) throw new AppError('conflict', notNow);
    const subject = urgentSubject(opened.event, deps.clock.now());
    await sendUrgentPage(response, opened, { values: { subject, attempt: newId() }, errors: [] });
  });

  router.post(`${path}/urgent`, async (request, response) => {
    const opened = await openConsoleEvent(response, request.params.eventId, 'message:urgent', deps);
    const { actor, event, shown } = opened;
    const read = readForm(urgentForm, request.body);
    if (!read.ok) return sendUrgentPage(response, opened, read.form, 422);
    const scope = { organiserId: event.organiserId, eventId: event._id };
    const result = await sendUrgentMessage(actor, { ...scope, ...read.input }, deps);
    if (result.ok) return response.redirect(303, `${shown.path}/messages?done=urgent`);
    switch (result.reason) {
      case 'not-now':
        throw new AppError('conflict', notNow);
      case 'nobody':
        throw new AppError('conflict', 'Nobody has a place yet, so there is nobody to tell.');
    }
  });

  router.use(consoleCampaignRoutes(deps));

  const isDay = ({ event, shown }: OpenedEvent) =>
    isUrgentTime(event, shown.state === 'live', deps.clock.now());

  async function sendList(
    response: Response,
    opened: OpenedEvent,
    form: FormState,
    notice: string | null,
    status = 200,
  ): Promise<void> {
    const { actor, event, shown } = opened;
    const [campaigns, sent] = await Promise.all([
      listCampaignsOfEvent(event.organiserId, event._id),
      listSentReminders(event._id, event.startsAt),
    ]);
    const may = (permission: 'message:send' | 'message:urgent' | 'event:edit') =>
      hasPermission(actor, permission, event.organiserId);
    const rows = campaigns.map(async (campaign) => {
      const counts = await countCampaignMails(campaign._id);
      return {
        id: campaign._id,
        subject: campaign.subject,
        path: may('message:send') ? `${shown.path}/messages/${campaign._id}` : null,
        to: wordsForSegment(campaign),
        state: shownCampaignState(campaign, counts),
        when: whenOf(campaign, event.zone),
        counts,
      };
    });
    sendPage(
      response,
      <ConsoleMessagesPage
        event={shown}
        messages={await Promise.all(rows)}
        reminders={reminderChoices(event, sent)}
        form={form}
        canWrite={may('message:send')}
        canSetReminders={may('event:edit')}
        urgentPath={may('message:urgent') && isDay(opened) ? `${shown.path}/messages/urgent` : null}
        notice={notice}
      />,
      status,
    );
  }

  return router;
}

const whenOf = ({ createdAt, plannedFor, addressedAt }: Campaign, zone: string): string =>
  shortMoment(addressedAt ?? plannedFor ?? createdAt, zone);

async function sendUrgentPage(
  response: Response,
  { event, shown }: OpenedEvent,
  form: FormState,
  status = 200,
): Promise<void> {
  const people = peopleInWords(await countConfirmed(event._id));
  sendPage(response, <UrgentMessagePage event={shown} people={people} form={form} />, status);
}
