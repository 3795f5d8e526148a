import { ConsoleMailPage, type ConsoleMailPageProps } from '../../../client/pages/console/mail.tsx';
import { ConsoleSuppressedPage, type SuppressedPerson } from '../../../client/pages/console/suppressed.tsx';
import { UnsubscribePage } from '../../../client/pages/registration/unsubscribe.tsx';
import { consoleEvent } from './console-pages.tsx';
import type { GalleryPage } from './gallery.ts';
import { attendee, organiser } from './site.ts';

const mail = {
  id: 'm1',
  written: '9 March, 11:14',
  name: 'Angharad Whitlock',
  address: attendee.email,
  kind: 'Confirmation',
  subject: 'You’re in: Public Sector Decarbonisation',
  state: 'Sent 9 March, 11:14',
  tone: 'good',
  tries: 1,
  canRetry: false,
} as const;

export const mailProps: ConsoleMailPageProps = {
  event: consoleEvent,
  filters: [
    { text: 'All', count: '1,000+', path: '/console/events/e1/mail', isCurrent: true },
    ...['Waiting', 'Sent', 'Came back', 'Failed', 'Not sent'].map((text, count) => ({
      text,
      count: String(count),
      path: `/console/events/e1/mail?state=${count}`,
      isCurrent: false,
    })),
  ],
  search: { address: '', state: null },
  mails: [
    { ...mail, state: 'Waiting, leaves 9 March, 14:05', tone: 'plain', id: 'm2', kind: 'Change' },
    mail,
    {
      ...mail,
      id: 'm3',
      name: 'Christoph Wiedenbrück-Oberhausen',
      address: 'christoph.wiedenbrueck-oberhausen@bundesanstalt-immobilienaufgaben.example',
      state: 'Given up. The mail server said this address does not exist (550)',
      tone: 'bad',
      canRetry: true,
    },
    {
      ...mail,
      id: 'm4',
      state: 'The mail server said to come back later (451). We try again on 9 March, 11:30',
      tone: 'soon',
      tries: 4,
    },
  ],
  pages: { previousPath: null, nextPath: '?page=2', text: 'Page 1' },
  retryable: '3',
  notice: 'Tried again. How it went shows here in a moment.',
};

const suppressed: SuppressedPerson = {
  registrationId: 'r1',
  kind: 'undeliverable',
  name: 'Angharad Whitlock',
  email: attendee.email,
  reason: 'Mail came back: this address does not exist (5.1.1)',
  since: '9 March, 11:14',
  canAllow: true,
};

const consoleMail = [
  { name: 'console mail', page: <ConsoleMailPage {...mailProps} /> },
  {
    name: 'console mail empty',
    page: <ConsoleMailPage {...mailProps} mails={[]} pages={null} retryable={null} notice={null} />,
  },
  {
    name: 'console mail nothing found',
    page: (
      <ConsoleMailPage
        {...mailProps}
        search={{ address: 'rhian@', state: 'failed' }}
        mails={[]}
        pages={null}
        retryable={null}
        notice={null}
      />
    ),
  },
  {
    name: 'console suppressed',
    page: (
      <ConsoleSuppressedPage
        event={consoleEvent}
        people={[
          suppressed,
          {
            ...suppressed,
            kind: 'complaint',
            reason: 'Reported a mail as spam, so we stopped',
            canAllow: false,
          },
        ]}
        left={12}
        notice="Mail goes to that address again."
      />
    ),
  },
  {
    name: 'console suppressed empty',
    page: <ConsoleSuppressedPage event={consoleEvent} people={[]} left={0} notice={null} />,
  },
].map((entry) => ({ ...entry, site: { signedIn: organiser, path: '/console' } }));

const unsubscribing = (['asking', 'stopped', 'back'] as const).map((standing) => ({
  name: `unsubscribe ${standing}`,
  page: (
    <UnsubscribePage
      organiserName="PSE365"
      email={attendee.email}
      action="/unsubscribe/v1.token"
      standing={standing}
    />
  ),
}));

export const mailPages: readonly GalleryPage[] = [...unsubscribing, ...consoleMail];
