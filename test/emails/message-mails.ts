import { campaignMessage } from '../../emails/campaign-message.tsx';
import { eventReminder } from '../../emails/event-reminder.tsx';
import { eventThanks } from '../../emails/event-thanks.tsx';
import type { MailEvent, Message } from '../../emails/message.ts';
import { placeOffered } from '../../emails/place-offered.tsx';

/** Each kind of Markdown that a mail shows. */
const markdown = `Bring **your own figures**, and *one* question.

## Before 09:30

- Read [the handbook](https://example.org/handbook?a=1&b=2)
- Write to team@example.org
  or see https://example.org/help

1. First
2. Second

> Nobody is late at \`home\`.

    a line of code`;

const site = { name: 'Plenary', url: 'https://events.example.org' };

/** What is sent to people who have a place or want one, at its hour or at a press. */
export function messageMails(
  word: (text: string) => string,
  event: MailEvent,
  links: { readonly joinUrl: string; readonly manageUrl: string },
): Record<string, Message> {
  const about = { person: { name: word('Angharad Price') }, event, site };
  const reminder = {
    ...about,
    ...links,
    doors: { iso: '2027-03-23T09:15:00Z', text: '09:15' },
    highlights: [
      { time: '09:40', title: word('Ten years to 2037'), note: word('Keynote, Prof. David Achebe') },
      { time: '11:10', title: word('Eleven leisure centres, one heat network'), note: '' },
    ],
  };
  const campaign = {
    ...about,
    subject: word('What to bring to the workshops'),
    message: markdown,
    joinUrl: null,
    unsubscribeUrl: null,
  };
  return {
    'event-reminder-week': eventReminder({ ...reminder, reminder: 'week', distance: 'In a week' }),
    'event-reminder-day': eventReminder({ ...reminder, reminder: 'day', distance: 'Tomorrow' }),
    'event-reminder-hour': eventReminder({ ...reminder, reminder: 'hour', distance: 'In one hour' }),
    'event-reminder-ten-minutes': eventReminder({
      ...reminder,
      reminder: 'ten-minutes',
      distance: 'In 10 minutes',
    }),
    'event-thanks': eventThanks({ ...about, hasAttended: true, isOnDemand: true }),
    'event-thanks-missed': eventThanks({ ...about, hasAttended: false, isOnDemand: false }),
    'campaign-service': campaignMessage(campaign),
    'campaign-urgent': campaignMessage({ ...campaign, joinUrl: links.joinUrl }),
    'campaign-marketing': campaignMessage({
      ...campaign,
      unsubscribeUrl: `${site.url}/unsubscribe/v1.token`,
    }),
    'place-offered': placeOffered({
      ...about,
      expires: 'Tuesday 9 March 2027, 14:00 GMT',
      claimUrl: `${site.url}/waiting/6f1c/claim/token`,
      leaveUrl: `${site.url}/waiting/6f1c/leave/token`,
    }),
  };
}
