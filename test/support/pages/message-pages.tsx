import { MessageFormPage, type MessageFormPageProps } from '../../../client/pages/console/messages-form.tsx';
import { MessagePage, type MessagePageProps } from '../../../client/pages/console/messages-message.tsx';
import { UrgentMessagePage } from '../../../client/pages/console/messages-urgent.tsx';
import {
  ConsoleMessagesPage,
  type ConsoleMessageRow,
  type ConsoleMessagesPageProps,
} from '../../../client/pages/console/messages.tsx';
import { emptyForm } from '../../../server/contracts/form-state.ts';
import { consoleEvent } from './console-pages.tsx';
import type { GalleryPage } from './gallery.ts';
import { organiser } from './site.ts';

const row: ConsoleMessageRow = {
  id: 'm1',
  subject: 'What to bring to the workshops',
  path: '/console/events/e1/messages/m1',
  to: 'Everyone who has a place',
  state: 'sent',
  when: '9 March, 11:14',
  counts: { waiting: 0, sent: 410, setAside: 1, failed: 1 },
};
const states = ['draft', 'scheduled', 'sending', 'sent', 'stopped'] as const;
const list: ConsoleMessagesPageProps = {
  event: consoleEvent,
  messages: states.map((state) => ({ ...row, id: state, state, path: state === 'sent' ? null : row.path })),
  reminders: [
    { value: 'week', label: 'A week before: sent' },
    { value: 'day', label: 'A day before: Monday 22 March 2027, 09:30 GMT' },
    { value: 'hour', label: 'An hour before: Tuesday 23 March 2027, 08:30 GMT' },
  ],
  form: { values: { reminders: ['week', 'day'] }, errors: [] },
  canWrite: true,
  canSetReminders: true,
  urgentPath: '/console/events/e1/messages/urgent',
  notice: 'The reminders are saved.',
};
const form: MessageFormPageProps = {
  event: consoleEvent,
  messagePath: null,
  form: { values: { segment: 'registered', attempt: 'a1' }, errors: [] },
  segments: [
    { value: 'registered', label: 'Everyone who has a place (about this event)' },
    { value: 'consented', label: 'Everyone who agreed to hear from you (marketing)' },
  ],
  consents: [
    { value: '', label: 'Choose one' },
    { value: 'newsletter', label: 'Write to me once a month.' },
  ],
};
const message: MessagePageProps = {
  event: consoleEvent,
  path: '/console/events/e1/messages/m1',
  subject: row.subject,
  to: row.to,
  kind: 'About this event',
  state: 'draft',
  progress: '',
  count: 412,
  people: '412 people',
  revision: 3,
  zone: 'GMT',
  // Answered with nothing, so that the frame stays empty.
  htmlPath: '/favicon.svg',
  text: 'Hello Olivia,\n\nBring your own figures.',
  form: emptyForm,
  notice: null,
};
const mistakes = (field: string, sentence: string) => ({
  values: {},
  errors: [{ field, message: sentence }],
});

export const messagePages: readonly GalleryPage[] = [
  { name: 'console messages', page: <ConsoleMessagesPage {...list} /> },
  {
    name: 'console messages empty',
    page: (
      <ConsoleMessagesPage
        {...list}
        messages={[]}
        canWrite={false}
        canSetReminders={false}
        urgentPath={null}
        notice={null}
      />
    ),
  },
  {
    name: 'console messages of a cancelled event',
    page: <ConsoleMessagesPage {...list} event={{ ...consoleEvent, state: 'cancelled' }} notice={null} />,
  },
  { name: 'console message form', page: <MessageFormPage {...form} /> },
  {
    name: 'console message form with errors',
    page: (
      <MessageFormPage
        {...form}
        messagePath={message.path}
        form={mistakes('message', 'Write what you want to say')}
      />
    ),
  },
  { name: 'console message draft', page: <MessagePage {...message} /> },
  { name: 'console message to nobody', page: <MessagePage {...message} count={0} people="0 people" /> },
  {
    name: 'console message whose count changed',
    page: (
      <MessagePage
        {...message}
        notice={{ text: 'It goes to 413 people now. Nothing was sent: press again.', kind: 'soon' }}
        form={mistakes('time', 'The clocks go forward then, so that time does not exist')}
      />
    ),
  },
  ...(['scheduled', 'sending', 'stopped'] as const).map((state) => ({
    name: `console message ${state}`,
    page: <MessagePage {...message} state={state} progress="310 sent, 102 waiting" />,
  })),
  {
    name: 'console urgent message',
    page: (
      <UrgentMessagePage
        event={consoleEvent}
        people="412 people"
        form={{ values: { subject: 'About today’s Public Sector Decarbonisation' }, errors: [] }}
      />
    ),
  },
  {
    name: 'console urgent message with errors',
    page: (
      <UrgentMessagePage
        event={consoleEvent}
        people="one person"
        form={mistakes('message', 'Write what they need to know')}
      />
    ),
  },
].map((entry) => ({ ...entry, site: { signedIn: organiser, path: '/console' } }));
